import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Node;

/**
 * KafkaFill PLAN: builds what the JSON plan tells (numbers topics, partitions, records, groups, acls, users,
 * seed; boolean settings), the same for the same plan and brokers. Prints one JSON line with what was built.
 */
public final class KafkaFill {
  private KafkaFill() {}

  public static void main(String[] arguments) throws Exception {
    JsonNode plan = Clients.JSON.readTree(arguments[0]);
    try (Admin admin = Clients.admin()) {
      List<Integer> brokers = Clients.get(admin.describeCluster().nodes()).stream().map(Node::id).sorted().toList();
      Random random = new Random(plan.get("seed").asLong());
      Map<String, Integer> topics = new FillTopics(admin, random, brokers, plan).fill();
      Map<String, Object> filled = new TreeMap<>();
      filled.put("topics", topics.size());
      filled.put("groups", new FillGroups(admin, random, topics).fill(plan.get("groups").asInt(), plan.get("records").asInt()));
      filled.put("acls", new FillAccess(admin, random).acls(plan.get("acls").asInt()));
      filled.put("users", new FillAccess(admin, random).users(plan.get("users").asInt()));
      if (plan.get("settings").asBoolean()) new FillSettings(admin, brokers).fill();
      Clients.print(filled);
    }
  }
}
