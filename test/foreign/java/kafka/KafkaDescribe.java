import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.admin.FeatureMetadata;
import org.apache.kafka.clients.admin.UserScramCredentialsDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.errors.SecurityDisabledException;
import org.apache.kafka.common.quota.ClientQuotaFilter;

/** KafkaDescribe: the whole cluster as one line of JSON, everything in a fixed order. */
public final class KafkaDescribe {
  private KafkaDescribe() {}

  public static void main(String[] arguments) throws Exception {
    try (Admin admin = Clients.admin()) {
      Clients.print(describe(admin));
    }
  }

  static Map<String, Object> describe(Admin admin) throws Exception {
    Map<String, Object> state = new TreeMap<>();
    cluster(admin, state);
    state.put("topics", DescribeTopics.topics(admin));
    state.put("groups", DescribeGroups.groups(admin));
    state.put("configs", DescribeConfigs.byKind(admin));
    state.put("acls", acls(admin));
    state.put("quotas", quotas(admin));
    state.put("users", users(admin));
    state.put("features", features(admin));
    return state;
  }

  private static void cluster(Admin admin, Map<String, Object> state) throws Exception {
    DescribeClusterResult cluster = admin.describeCluster();
    state.put("clusterId", Clients.get(cluster.clusterId()));
    List<Node> nodes = new ArrayList<>(Clients.get(cluster.nodes()));
    nodes.sort(Comparator.comparingInt(Node::id));
    state.put("brokers", nodes.stream().map(KafkaDescribe::broker).toList());
  }

  private static Map<String, Object> broker(Node node) {
    Map<String, Object> broker = new TreeMap<>();
    broker.put("id", node.id());
    broker.put("host", node.host());
    broker.put("port", node.port());
    broker.put("rack", node.rack());
    return broker;
  }

  /** Null when the cluster has no authorizer. */
  private static List<List<String>> acls(Admin admin) throws Exception {
    Collection<AclBinding> bindings = Clients.getOr(admin.describeAcls(AclBindingFilter.ANY).values(), SecurityDisabledException.class, null);
    if (bindings == null) return null;
    return sorted(bindings, acl -> List.of(
        acl.pattern().resourceType().name(), acl.pattern().patternType().name(), acl.pattern().name(),
        acl.entry().principal(), acl.entry().host(), acl.entry().operation().name(), acl.entry().permissionType().name()));
  }

  private static List<Map<String, Object>> quotas(Admin admin) throws Exception {
    Map<String, Map<String, Object>> quotas = new TreeMap<>();
    Clients.get(admin.describeClientQuotas(ClientQuotaFilter.all()).entities()).forEach((entity, values) -> {
      Map<String, String> names = new TreeMap<>(entity.entries());
      quotas.put(names.toString(), new TreeMap<>(Map.of("entity", names, "values", new TreeMap<>(values))));
    });
    return List.copyOf(quotas.values());
  }

  private static List<List<Object>> users(Admin admin) throws Exception {
    List<List<Object>> users = new ArrayList<>();
    for (UserScramCredentialsDescription user : new TreeMap<>(Clients.get(admin.describeUserScramCredentials().all())).values()) {
      user.credentialInfos().stream().sorted(Comparator.comparing(info -> info.mechanism().mechanismName()))
          .forEach(info -> users.add(List.of(user.name(), info.mechanism().mechanismName(), info.iterations())));
    }
    return users;
  }

  private static Map<String, Integer> features(Admin admin) throws Exception {
    FeatureMetadata metadata = Clients.get(admin.describeFeatures().featureMetadata());
    Map<String, Integer> levels = new TreeMap<>();
    metadata.finalizedFeatures().forEach((name, range) -> levels.put(name, (int) range.maxVersionLevel()));
    return levels;
  }

  private static <T> List<List<String>> sorted(Collection<T> items, Function<T, List<String>> row) {
    Comparator<List<String>> order = Comparator.comparing(cells -> String.join("\0", cells));
    return items.stream().map(row).sorted(order).toList();
  }
}
