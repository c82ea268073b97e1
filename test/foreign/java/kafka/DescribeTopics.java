import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry.ConfigSource;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;

/** The topics of a cluster with what was set on them and where their logs start and end. */
final class DescribeTopics {
  private static final int BATCH = 1000;

  private DescribeTopics() {}

  static List<Map<String, Object>> topics(Admin admin) throws Exception {
    TreeSet<String> names = new TreeSet<>(Clients.get(admin.listTopics(new ListTopicsOptions().listInternal(true)).names()));
    List<Map<String, Object>> topics = new ArrayList<>();
    Clients.inBatches(names, BATCH, batch -> topics.addAll(batch(admin, batch)));
    return topics;
  }

  private static List<Map<String, Object>> batch(Admin admin, List<String> names) throws Exception {
    Map<String, TopicDescription> descriptions = Clients.get(admin.describeTopics(names).allTopicNames());
    Map<ConfigResource, Config> configs = Clients.get(admin.describeConfigs(names.stream().map(DescribeTopics::resource).toList()).all());
    Map<TopicPartition, Long> starts = offsets(admin, descriptions, OffsetSpec.earliest());
    Map<TopicPartition, Long> ends = offsets(admin, descriptions, OffsetSpec.latest());
    List<Map<String, Object>> topics = new ArrayList<>();
    for (String name : names) {
      TopicDescription description = descriptions.get(name);
      Map<String, Object> topic = new TreeMap<>();
      topic.put("name", name);
      topic.put("id", description.topicId().toString());
      topic.put("internal", description.isInternal());
      topic.put("replicas", description.partitions().stream().map(DescribeTopics::replicas).toList());
      topic.put("configs", DescribeConfigs.dynamic(configs.get(resource(name)), ConfigSource.DYNAMIC_TOPIC_CONFIG));
      topic.put("log", description.partitions().stream().map(TopicPartitionInfo::partition)
          .map(partition -> new TopicPartition(name, partition))
          .map(partition -> List.of(starts.get(partition), ends.get(partition))).toList());
      topics.add(topic);
    }
    return topics;
  }

  private static ConfigResource resource(String topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic);
  }

  private static List<Integer> replicas(TopicPartitionInfo partition) {
    return partition.replicas().stream().map(Node::id).toList();
  }

  /** By partition; -1 where no leader could tell. */
  private static Map<TopicPartition, Long> offsets(Admin admin, Map<String, TopicDescription> topics, OffsetSpec spec) throws Exception {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    Map<TopicPartition, Long> found = new HashMap<>();
    topics.forEach((name, topic) -> topic.partitions().forEach(partition -> {
      TopicPartition key = new TopicPartition(name, partition.partition());
      if (partition.leader() == null || partition.leader().isEmpty()) found.put(key, -1L);
      else wanted.put(key, spec);
    }));
    if (wanted.isEmpty()) return found;
    Map<TopicPartition, ListOffsetsResultInfo> results = Clients.get(admin.listOffsets(wanted).all());
    results.forEach((partition, result) -> found.put(partition, result.offset()));
    return found;
  }
}
