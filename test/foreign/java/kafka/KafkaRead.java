import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConfigResourcesOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.quota.ClientQuotaFilter;

/**
 * KafkaRead ROUNDS: reads topics with their configs, groups with their offsets and those partitions' log ends, ACLs,
 * quotas, SCRAM users, features and the other configs, in as few and as concurrent calls as the client allows, and
 * keeps nothing. Prints a line per round; later rounds run on a warm JVM. The cluster needs an authorizer.
 */
public final class KafkaRead {
  private KafkaRead() {}

  public static void main(String[] arguments) throws Exception {
    int rounds = Integer.parseInt(arguments[0]);
    try (Admin admin = Clients.admin()) {
      for (int round = 1; round <= rounds; round++) {
        long start = System.nanoTime();
        Map<String, Object> counts = read(admin);
        counts.put("round", round);
        counts.put("seconds", (System.nanoTime() - start) / 1e9);
        Clients.print(counts);
      }
    }
  }

  private static Map<String, Object> read(Admin admin) throws Exception {
    KafkaFuture<Set<String>> topics = admin.listTopics(new ListTopicsOptions().listInternal(true)).names();
    KafkaFuture<Collection<GroupListing>> groups = admin.listGroups().all();
    KafkaFuture<Collection<Node>> nodes = admin.describeCluster().nodes();
    var acls = admin.describeAcls(AclBindingFilter.ANY).values();
    List<KafkaFuture<?>> rest = new ArrayList<>();
    rest.add(admin.describeClientQuotas(ClientQuotaFilter.all()).entities());
    rest.add(admin.describeUserScramCredentials().all());
    rest.add(admin.describeFeatures().featureMetadata());
    var others = admin.listConfigResources(Set.of(ConfigResource.Type.CLIENT_METRICS, ConfigResource.Type.GROUP), new ListConfigResourcesOptions()).all();

    Collection<String> names = Clients.get(topics);
    rest.add(admin.describeTopics(names).allTopicNames());
    List<ConfigResource> resources = new ArrayList<>(names.stream().map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name)).toList());
    for (Node node : Clients.get(nodes)) resources.add(new ConfigResource(ConfigResource.Type.BROKER, node.idString()));
    resources.add(new ConfigResource(ConfigResource.Type.BROKER, ""));
    resources.addAll(Clients.get(others));
    rest.add(admin.describeConfigs(resources).all());

    Collection<GroupListing> listed = Clients.get(groups);
    int offsets = offsets(admin, listed);
    for (KafkaFuture<?> future : rest) Clients.get(future);
    Map<String, Object> counts = new HashMap<>();
    counts.put("topics", names.size());
    counts.put("groups", listed.size());
    counts.put("offsets", offsets);
    counts.put("acls", Clients.get(acls).size());
    return counts;
  }

  private static int offsets(Admin admin, Collection<GroupListing> groups) throws Exception {
    Map<String, ListConsumerGroupOffsetsSpec> wanted = new HashMap<>();
    for (GroupListing group : groups) wanted.put(group.groupId(), new ListConsumerGroupOffsetsSpec());
    if (wanted.isEmpty()) return 0;
    int found = 0;
    Map<TopicPartition, OffsetSpec> starts = new HashMap<>();
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (var committed : Clients.get(admin.listConsumerGroupOffsets(wanted).all()).values()) {
      for (TopicPartition partition : committed.keySet()) {
        starts.put(partition, OffsetSpec.earliest());
        ends.put(partition, OffsetSpec.latest());
        found++;
      }
    }
    var starting = admin.listOffsets(starts).all();
    Clients.get(admin.listOffsets(ends).all());
    Clients.get(starting);
    return found;
  }
}
