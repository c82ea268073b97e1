import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.FeatureMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;

/** Quotas of every kind of entity, and configs of everything but topics. */
final class FillSettings {
  private static final String USER = ClientQuotaEntity.USER;
  private static final String CLIENT = ClientQuotaEntity.CLIENT_ID;

  private final Admin admin;
  private final List<Integer> brokers;

  FillSettings(Admin admin, List<Integer> brokers) {
    this.admin = admin;
    this.brokers = brokers;
  }

  void fill() throws Exception {
    quotas();
    Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
    set(changes, ConfigResource.Type.BROKER, "", Map.of("log.retention.ms", "259200000", "message.max.bytes", "2097152"));
    for (int broker : brokers) {
      set(changes, ConfigResource.Type.BROKER, "" + broker, Map.of("log.cleaner.backoff.ms", "" + (20_000 + broker)));
    }
    if (isNew()) {
      set(changes, ConfigResource.Type.CLIENT_METRICS, "producers", Map.of("metrics", "org.apache.kafka.producer.,org.apache.kafka.consumer.", "interval.ms", "30000", "match", "client_id=app-.*"));
      set(changes, ConfigResource.Type.GROUP, "group-0000", Map.of("consumer.session.timeout.ms", "50000"));
      set(changes, ConfigResource.Type.GROUP, "not there yet", Map.of("consumer.heartbeat.interval.ms", "6000"));
    }
    Clients.get(admin.incrementalAlterConfigs(changes).all());
  }

  /** Whether the cluster knows client metrics and configs of groups: from 4.0 on. */
  private boolean isNew() throws Exception {
    FeatureMetadata features = Clients.get(admin.describeFeatures().featureMetadata());
    return features.finalizedFeatures().containsKey("group.version");
  }

  private static void set(Map<ConfigResource, Collection<AlterConfigOp>> changes, ConfigResource.Type type, String name, Map<String, String> values) {
    List<AlterConfigOp> operations = new ArrayList<>();
    values.forEach((key, value) -> operations.add(new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET)));
    changes.put(new ConfigResource(type, name), operations);
  }

  private void quotas() throws Exception {
    Map<String, Double> rates = Map.of("producer_byte_rate", 1_048_576.0, "consumer_byte_rate", 2_097_152.0);
    Map<String, Double> share = Map.of("request_percentage", 12.5, "controller_mutation_rate", 5.0);
    Map<String, Double> connections = Map.of("connection_creation_rate", 20.0);
    List<ClientQuotaAlteration> quotas = new ArrayList<>();
    quotas.add(quota(rates, USER, "app-1"));
    quotas.add(quota(share, USER, "CN=app 2,OU=Büro"));
    quotas.add(quota(rates, USER, null));
    quotas.add(quota(rates, CLIENT, "client one"));
    quotas.add(quota(share, CLIENT, null));
    quotas.add(quota(rates, USER, "app-1", CLIENT, "client-1"));
    quotas.add(quota(rates, USER, "app-1", CLIENT, null));
    quotas.add(quota(share, USER, null, CLIENT, "client-1"));
    quotas.add(quota(rates, USER, null, CLIENT, null));
    quotas.add(quota(connections, ClientQuotaEntity.IP, "10.1.2.3"));
    quotas.add(quota(connections, ClientQuotaEntity.IP, null));
    Clients.get(admin.alterClientQuotas(quotas).all());
  }

  /** The entity is told by pairs of type and name, null for the default. */
  private static ClientQuotaAlteration quota(Map<String, Double> values, String... entity) {
    Map<String, String> names = new HashMap<>();
    for (int i = 0; i < entity.length; i += 2) names.put(entity[i], entity[i + 1]);
    List<ClientQuotaAlteration.Op> operations = new ArrayList<>();
    values.forEach((key, value) -> operations.add(new ClientQuotaAlteration.Op(key, value)));
    return new ClientQuotaAlteration(new ClientQuotaEntity(names), operations);
  }
}
