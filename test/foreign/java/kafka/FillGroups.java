import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** Groups without members that have committed offsets, each in a few topics. */
final class FillGroups {
  private static final int WINDOW = 50;
  private static final int MOST_TOPICS = 5;
  private static final List<String> METADATA = List.of("", "", "", "checkpoint=17", "{\"epoch\":3}", "größe 大小");

  private final Admin admin;
  private final Random random;
  private final Map<String, Integer> topics;
  private final List<String> names;

  FillGroups(Admin admin, Random random, Map<String, Integer> topics) {
    this.admin = admin;
    this.random = random;
    this.topics = topics;
    this.names = List.copyOf(topics.keySet());
  }

  /** Without records in the topics the offsets are any numbers, else they lie within the logs. */
  int fill(int count, int records) throws Exception {
    if (names.isEmpty()) return 0;
    Map<String, Map<TopicPartition, OffsetAndMetadata>> groups = new HashMap<>();
    List<String> ids = new ArrayList<>();
    Map<TopicPartition, Long> ends = records > 0 ? ends() : Map.of();
    for (int i = 0; i < count; i++) {
      ids.add(id(i));
      groups.put(id(i), offsets(ends));
    }
    Clients.inBatches(ids, WINDOW, batch -> {
      List<KafkaFuture<Void>> changes = new ArrayList<>();
      for (String id : batch) changes.add(admin.alterConsumerGroupOffsets(id, groups.get(id)).all());
      for (KafkaFuture<Void> change : changes) Clients.get(change);
    });
    return count;
  }

  private static String id(int number) {
    if (number == 1) return "g".repeat(249);
    List<String> forms = List.of("group-%04d", "team a/group %04d", "grüppe-%04d", "Group.%04d");
    return String.format(forms.get(number % forms.size()), number);
  }

  private Map<TopicPartition, OffsetAndMetadata> offsets(Map<TopicPartition, Long> ends) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (int i = 1 + random.nextInt(MOST_TOPICS); i > 0; i--) {
      String topic = names.get(random.nextInt(names.size()));
      for (int partition = 0; partition < topics.get(topic); partition++) {
        TopicPartition key = new TopicPartition(topic, partition);
        long offset = ends.isEmpty() ? random.nextInt(1_000_000) : ends.get(key) - random.nextInt(2);
        offsets.put(key, new OffsetAndMetadata(Math.max(0, offset), METADATA.get(random.nextInt(METADATA.size()))));
      }
    }
    return offsets;
  }

  private Map<TopicPartition, Long> ends() throws Exception {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    topics.forEach((topic, partitions) -> {
      for (int partition = 0; partition < partitions; partition++) wanted.put(new TopicPartition(topic, partition), OffsetSpec.latest());
    });
    Map<TopicPartition, Long> ends = new HashMap<>();
    Clients.get(admin.listOffsets(wanted).all()).forEach((partition, info) -> ends.put(partition, info.offset()));
    return ends;
  }
}
