import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConfigEntry.ConfigSource;
import org.apache.kafka.clients.admin.ListConfigResourcesOptions;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** What was set at run time on things other than topics: brokers, all brokers, client metrics, groups. */
final class DescribeConfigs {
  private DescribeConfigs() {}

  /** By kind and name; the settings of all brokers stand under "<default>". */
  static Map<String, Map<String, Map<String, String>>> byKind(Admin admin) throws Exception {
    Map<String, Map<String, Map<String, String>>> kinds = new TreeMap<>();
    for (String kind : List.of("broker", "clientMetrics", "group")) kinds.put(kind, new TreeMap<>());
    all(admin).forEach((resource, values) -> {
      String name = resource.name().isEmpty() ? "<default>" : resource.name();
      kinds.get(kind(resource.type())).put(name, values);
    });
    return kinds;
  }

  /** Only of things that have something set. A sensitive value is null. */
  static Map<ConfigResource, Map<String, String>> all(Admin admin) throws Exception {
    List<ConfigResource> resources = new ArrayList<>();
    for (Node node : Clients.get(admin.describeCluster().nodes())) {
      resources.add(new ConfigResource(ConfigResource.Type.BROKER, node.idString()));
    }
    resources.add(new ConfigResource(ConfigResource.Type.BROKER, ""));
    for (ConfigResource.Type type : List.of(ConfigResource.Type.CLIENT_METRICS, ConfigResource.Type.GROUP)) {
      resources.addAll(Clients.getOr(
          admin.listConfigResources(Set.of(type), new ListConfigResourcesOptions()).all(),
          UnsupportedVersionException.class, List.of()));
    }
    Map<ConfigResource, Map<String, String>> found = new HashMap<>();
    Clients.get(admin.describeConfigs(resources).all()).forEach((resource, config) -> {
      Map<String, String> values = dynamic(config, source(resource));
      if (!values.isEmpty()) found.put(resource, values);
    });
    return found;
  }

  /** The values that come from there. */
  static Map<String, String> dynamic(Config config, ConfigSource source) {
    Map<String, String> values = new TreeMap<>();
    for (ConfigEntry entry : config.entries()) if (entry.source() == source) values.put(entry.name(), entry.value());
    return values;
  }

  private static String kind(ConfigResource.Type type) {
    return switch (type) {
      case BROKER -> "broker";
      case CLIENT_METRICS -> "clientMetrics";
      default -> "group";
    };
  }

  private static ConfigSource source(ConfigResource resource) {
    return switch (resource.type()) {
      case BROKER -> resource.name().isEmpty() ? ConfigSource.DYNAMIC_DEFAULT_BROKER_CONFIG : ConfigSource.DYNAMIC_BROKER_CONFIG;
      case CLIENT_METRICS -> ConfigSource.DYNAMIC_CLIENT_METRICS_CONFIG;
      default -> ConfigSource.DYNAMIC_GROUP_CONFIG;
    };
  }
}
