import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DeletedRecords;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.serialization.StringSerializer;

/** Topics with configs and assignments of many kinds, and records in them. */
final class FillTopics {
  private static final int BATCH = 250;
  private static final int LONGEST_NAME = 249;

  /** Some are what a topic without them would have anyway. */
  private static final List<Map<String, String>> CONFIGS = List.of(
      Map.of("retention.ms", "604800000"),
      Map.of("cleanup.policy", "compact", "min.cleanable.dirty.ratio", "0.3", "segment.bytes", "16777216"),
      Map.of("cleanup.policy", "compact,delete", "retention.ms", "-1"),
      Map.of("max.message.bytes", "2097152", "compression.type", "gzip"),
      Map.of("min.insync.replicas", "1", "unclean.leader.election.enable", "true"),
      Map.of("retention.bytes", "1073741824", "segment.ms", "3600000", "message.timestamp.type", "LogAppendTime"),
      Map.of("delete.retention.ms", "86400000", "flush.messages", "10000"));

  private final Admin admin;
  private final Random random;
  private final List<Integer> brokers;
  private final JsonNode plan;

  FillTopics(Admin admin, Random random, List<Integer> brokers, JsonNode plan) {
    this.admin = admin;
    this.random = random;
    this.brokers = brokers;
    this.plan = plan;
  }

  /** Partitions by topic. */
  Map<String, Integer> fill() throws Exception {
    Map<String, Integer> partitions = new LinkedHashMap<>();
    List<NewTopic> topics = new ArrayList<>();
    for (int i = 0; i < plan.get("topics").asInt(); i++) {
      NewTopic topic = topic(i);
      topics.add(topic);
      partitions.put(topic.name(), topic.replicasAssignments() == null ? topic.numPartitions() : topic.replicasAssignments().size());
    }
    Clients.inBatches(topics, BATCH, batch -> {
      Clients.get(admin.createTopics(batch).all());
      awaitListed(batch);
    });
    if (plan.get("records").asInt() > 0) produce(partitions, plan.get("records").asInt());
    return partitions;
  }

  /** The controller has them before the brokers do, long before on a busy machine. */
  private void awaitListed(List<NewTopic> topics) throws Exception {
    List<String> names = topics.stream().map(NewTopic::name).toList();
    while (!Clients.get(admin.listTopics().names()).containsAll(names)) Thread.sleep(50);
  }

  private NewTopic topic(int number) {
    int partitions = plan.get("evenly").asBoolean() ? plan.get("partitions").asInt() : 1 + random.nextInt(plan.get("partitions").asInt());
    int replicas = 1 + random.nextInt(Math.min(3, brokers.size()));
    NewTopic topic = number % 3 == 0
        ? new NewTopic(name(number), assignment(partitions, replicas))
        : new NewTopic(name(number), partitions, (short) replicas);
    return number % 4 == 3 ? topic : topic.configs(CONFIGS.get(random.nextInt(CONFIGS.size())));
  }

  private static String name(int number) {
    if (number == 1) return "longest-" + "x".repeat(LONGEST_NAME - 8);
    List<String> forms = List.of("orders.%05d", "Payments-%05d", "audit_%05d", "%05d", "_hidden-%05d");
    return String.format(forms.get(number % forms.size()), number);
  }

  private Map<Integer, List<Integer>> assignment(int partitions, int replicas) {
    Map<Integer, List<Integer>> assignment = new HashMap<>();
    for (int partition = 0; partition < partitions; partition++) {
      List<Integer> shuffled = new ArrayList<>(brokers);
      Collections.shuffle(shuffled, random);
      assignment.put(partition, shuffled.subList(0, replicas));
    }
    return assignment;
  }

  /** Up to so many records in every partition; every fifth partition has lost its first ones. */
  private void produce(Map<String, Integer> topics, int most) throws Exception {
    Properties settings = Clients.settings();
    settings.put("linger.ms", "20");
    Map<TopicPartition, RecordsToDelete> lost = new HashMap<>();
    try (KafkaProducer<String, String> producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      for (Map.Entry<String, Integer> topic : topics.entrySet()) {
        for (int partition = 0; partition < topic.getValue(); partition++) {
          int count = random.nextInt(most + 1);
          for (int i = 0; i < count; i++) producer.send(new ProducerRecord<>(topic.getKey(), partition, text(8), text(64)));
          if (count > 1 && random.nextInt(5) == 0) lost.put(new TopicPartition(topic.getKey(), partition), RecordsToDelete.beforeOffset(count / 2));
        }
      }
      producer.flush();
    }
    // A topic that is only compacted gives its records up to nobody.
    for (KafkaFuture<DeletedRecords> deletion : admin.deleteRecords(lost).lowWatermarks().values()) {
      Clients.getOr(deletion, PolicyViolationException.class, null);
    }
  }

  private String text(int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) text.append((char) ('a' + random.nextInt(26)));
    return text.toString();
  }
}
