import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialDeletion;
import org.apache.kafka.clients.admin.UserScramCredentialsDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.ResourceNotFoundException;
import org.apache.kafka.common.errors.SecurityDisabledException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaFilter;

/**
 * KafkaWipe KEPT_USER...: removes all topics but internal ones, groups, ACLs, quotas, SCRAM users but the ones to
 * keep, and what was set at run time on brokers, client metrics and groups. Ends when no topic is left and brokers
 * show no such config.
 */
public final class KafkaWipe {
  private static final int BATCH = 500;

  /** Kafka 4.x sets it for all brokers by itself and lets nobody take it back. */
  private static final String FIXED = "min.insync.replicas";

  private KafkaWipe() {}

  public static void main(String[] arguments) throws Exception {
    try (Admin admin = Clients.admin()) {
      deleteGroups(admin);
      deleteTopics(admin);
      Clients.getOr(admin.deleteAcls(List.of(AclBindingFilter.ANY)).all(), SecurityDisabledException.class, List.of());
      deleteQuotas(admin);
      deleteUsers(admin, Set.of(arguments));
      resetConfigs(admin);
    }
  }

  private static void deleteGroups(Admin admin) throws Exception {
    List<String> ids = Clients.get(admin.listGroups().all()).stream().map(GroupListing::groupId).toList();
    if (!ids.isEmpty()) Clients.getOr(admin.deleteConsumerGroups(ids).all(), GroupIdNotFoundException.class, null);
  }

  private static void deleteTopics(Admin admin) throws Exception {
    for (;;) {
      Collection<String> names = Clients.get(admin.listTopics().names());
      if (names.isEmpty()) return;
      Clients.inBatches(names, BATCH, batch -> deleteTopics(admin, batch));
    }
  }

  /** A topic that is on its way out is still listed for a moment. */
  private static void deleteTopics(Admin admin, List<String> names) throws Exception {
    for (KafkaFuture<Void> deletion : admin.deleteTopics(names).topicNameValues().values()) {
      Clients.getOr(deletion, UnknownTopicOrPartitionException.class, null);
    }
  }

  private static void deleteQuotas(Admin admin) throws Exception {
    List<ClientQuotaAlteration> removals = new ArrayList<>();
    Clients.get(admin.describeClientQuotas(ClientQuotaFilter.all()).entities()).forEach((entity, values) -> {
      List<ClientQuotaAlteration.Op> removed = new ArrayList<>();
      for (String name : values.keySet()) removed.add(new ClientQuotaAlteration.Op(name, null));
      removals.add(new ClientQuotaAlteration(entity, removed));
    });
    Clients.get(admin.alterClientQuotas(removals).all());
  }

  /** A request may name a user only once, so there is one for each mechanism. */
  private static void deleteUsers(Admin admin, Set<String> kept) throws Exception {
    Map<ScramMechanism, List<UserScramCredentialAlteration>> removals = new HashMap<>();
    for (UserScramCredentialsDescription user : Clients.get(admin.describeUserScramCredentials().all()).values()) {
      if (kept.contains(user.name())) continue;
      for (ScramCredentialInfo info : user.credentialInfos()) {
        removals.computeIfAbsent(info.mechanism(), mechanism -> new ArrayList<>())
            .add(new UserScramCredentialDeletion(user.name(), info.mechanism()));
      }
    }
    for (List<UserScramCredentialAlteration> changes : removals.values()) {
      for (KafkaFuture<Void> deletion : admin.alterUserScramCredentials(changes).values().values()) {
        Clients.getOr(deletion, ResourceNotFoundException.class, null);
      }
    }
  }

  /** In ZooKeeper mode brokers go on telling what was set until they have heard of the change. */
  private static void resetConfigs(Admin admin) throws Exception {
    for (;;) {
      Map<ConfigResource, Collection<AlterConfigOp>> removals = removals(admin);
      if (removals.isEmpty()) return;
      Clients.get(admin.incrementalAlterConfigs(removals).all());
      Thread.sleep(50);
    }
  }

  private static Map<ConfigResource, Collection<AlterConfigOp>> removals(Admin admin) throws Exception {
    Map<ConfigResource, Collection<AlterConfigOp>> removals = new HashMap<>();
    DescribeConfigs.all(admin).forEach((resource, values) -> {
      List<AlterConfigOp> removed = values.keySet().stream().filter(name -> !name.equals(FIXED))
          .map(name -> new AlterConfigOp(new ConfigEntry(name, null), AlterConfigOp.OpType.DELETE)).toList();
      if (!removed.isEmpty()) removals.put(resource, removed);
    });
    return removals;
  }
}
