import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.SecurityDisabledException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** Who may do what: ACLs and SCRAM users. */
final class FillAccess {
  private static final int BATCH = 500;
  private static final List<AclOperation> TOPIC_OPERATIONS =
      List.of(AclOperation.READ, AclOperation.WRITE, AclOperation.DESCRIBE, AclOperation.ALTER_CONFIGS, AclOperation.ALL);
  private static final List<String> HOSTS = List.of("*", "*", "*", "127.0.0.1", "10.1.2.3");

  private final Admin admin;
  private final Random random;

  FillAccess(Admin admin, Random random) {
    this.admin = admin;
    this.random = random;
  }

  /** How many were made: none where there is no authorizer. */
  int acls(int count) throws Exception {
    Set<AclBinding> bindings = new LinkedHashSet<>();
    while (bindings.size() < count) bindings.add(acl(bindings.size()));
    try {
      Clients.inBatches(bindings, BATCH, batch -> Clients.get(admin.createAcls(batch).all()));
      return count;
    } catch (SecurityDisabledException disabled) {
      return 0;
    }
  }

  private AclBinding acl(int number) {
    PatternType pattern = random.nextInt(3) == 0 ? PatternType.PREFIXED : PatternType.LITERAL;
    AclPermissionType permission = random.nextInt(6) == 0 ? AclPermissionType.DENY : AclPermissionType.ALLOW;
    String principal = random.nextInt(20) == 0 ? "User:*" : random.nextInt(10) == 0 ? "User:CN=app " + number + ",OU=Büro" : "User:app-" + random.nextInt(200);
    String host = HOSTS.get(random.nextInt(HOSTS.size()));
    ResourcePattern resource;
    AclOperation operation;
    switch (random.nextInt(8)) {
      case 0 -> {
        resource = new ResourcePattern(ResourceType.GROUP, "group-" + number, pattern);
        operation = AclOperation.READ;
      }
      case 1 -> {
        resource = new ResourcePattern(ResourceType.TRANSACTIONAL_ID, "tx-" + number, pattern);
        operation = AclOperation.WRITE;
      }
      case 2 -> {
        resource = new ResourcePattern(ResourceType.CLUSTER, "kafka-cluster", PatternType.LITERAL);
        operation = random.nextBoolean() ? AclOperation.DESCRIBE : AclOperation.IDEMPOTENT_WRITE;
      }
      case 3 -> {
        resource = new ResourcePattern(ResourceType.TOPIC, "*", PatternType.LITERAL);
        operation = AclOperation.DESCRIBE;
      }
      default -> {
        resource = new ResourcePattern(ResourceType.TOPIC, "orders." + number, pattern);
        operation = TOPIC_OPERATIONS.get(random.nextInt(TOPIC_OPERATIONS.size()));
      }
    }
    return new AclBinding(resource, new AccessControlEntry(principal, host, operation, permission));
  }

  /** A request may name a user only once, so there is one for each mechanism. */
  int users(int count) throws Exception {
    List<UserScramCredentialAlteration> first = new ArrayList<>();
    List<UserScramCredentialAlteration> second = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = i % 5 == 4 ? "user " + i + "@büro" : "user-" + i;
      if (i % 3 != 1) first.add(credential(name, ScramMechanism.SCRAM_SHA_256, 4096 + i));
      if (i % 3 != 0) second.add(credential(name, ScramMechanism.SCRAM_SHA_512, 8192 + i));
    }
    for (List<UserScramCredentialAlteration> changes : List.of(first, second)) {
      if (!changes.isEmpty()) Clients.get(admin.alterUserScramCredentials(changes).all());
    }
    return count;
  }

  private static UserScramCredentialUpsertion credential(String name, ScramMechanism mechanism, int iterations) {
    return new UserScramCredentialUpsertion(name, new ScramCredentialInfo(mechanism, iterations), "password of " + name);
  }
}
