import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** The groups of a cluster with their committed offsets. */
final class DescribeGroups {
  private static final int BATCH = 100;

  private DescribeGroups() {}

  static List<Map<String, Object>> groups(Admin admin) throws Exception {
    TreeMap<String, GroupListing> listed = new TreeMap<>();
    for (GroupListing group : Clients.get(admin.listGroups().all())) listed.put(group.groupId(), group);
    List<Map<String, Object>> groups = new ArrayList<>();
    Clients.inBatches(listed.values(), BATCH, batch -> {
      Map<String, Map<TopicPartition, OffsetAndMetadata>> offsets = offsets(admin, batch);
      for (GroupListing group : batch) groups.add(group(group, offsets.getOrDefault(group.groupId(), Map.of())));
    });
    return groups;
  }

  /** A call for each group: for many groups in one call the client takes a second per group on brokers before 3.0. */
  private static Map<String, Map<TopicPartition, OffsetAndMetadata>> offsets(Admin admin, List<GroupListing> groups) throws Exception {
    Map<String, KafkaFuture<Map<TopicPartition, OffsetAndMetadata>>> asked = new HashMap<>();
    for (GroupListing group : groups) {
      if (group.type().orElse(GroupType.CLASSIC) == GroupType.SHARE) continue;
      asked.put(group.groupId(), admin.listConsumerGroupOffsets(group.groupId()).partitionsToOffsetAndMetadata());
    }
    Map<String, Map<TopicPartition, OffsetAndMetadata>> offsets = new HashMap<>();
    for (var entry : asked.entrySet()) offsets.put(entry.getKey(), Clients.get(entry.getValue()));
    return offsets;
  }

  private static Map<String, Object> group(GroupListing listing, Map<TopicPartition, OffsetAndMetadata> committed) {
    Map<String, Map<Integer, List<Object>>> offsets = new TreeMap<>();
    committed.forEach((partition, offset) -> {
      if (offset == null) return;
      offsets.computeIfAbsent(partition.topic(), topic -> new TreeMap<>())
          .put(partition.partition(), List.of(partition.partition(), offset.offset(), offset.metadata()));
    });
    Map<String, Object> group = new TreeMap<>();
    group.put("id", listing.groupId());
    group.put("type", listing.type().map(GroupType::toString).orElse(null));
    group.put("protocolType", listing.protocol());
    group.put("state", listing.groupState().map(GroupState::toString).orElse(null));
    Map<String, List<List<Object>>> rows = new TreeMap<>();
    offsets.forEach((topic, partitions) -> rows.put(topic, List.copyOf(partitions.values())));
    group.put("offsets", rows);
    return group;
  }
}
