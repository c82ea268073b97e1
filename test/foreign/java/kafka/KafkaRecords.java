import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * KafkaRecords produce TOPIC COUNT: sends records of value (and key) "0", "1"… and prints how many arrived in each partition.
 * KafkaRecords consume TOPIC GROUP COUNT: reads as a member of the group from where it stands, or from the start
 * if it stands nowhere, until COUNT records came; commits and prints their values.
 * KafkaRecords hold TOPIC GROUP PROTOCOL: stays a member ("classic" or "consumer") until standard input ends;
 * prints a line once it has partitions.
 */
public final class KafkaRecords {
  private KafkaRecords() {}

  public static void main(String[] arguments) throws Exception {
    switch (arguments[0]) {
      case "produce" -> produce(arguments[1], Integer.parseInt(arguments[2]));
      case "consume" -> consume(arguments[1], arguments[2], Integer.parseInt(arguments[3]));
      default -> hold(arguments[1], arguments[2], arguments[3]);
    }
  }

  private static void produce(String topic, int count) throws Exception {
    try (KafkaProducer<String, String> producer = new KafkaProducer<>(Clients.settings(), new StringSerializer(), new StringSerializer())) {
      int partitions = producer.partitionsFor(topic).size();
      int[] sent = new int[partitions];
      var last = producer.send(new ProducerRecord<>(topic, 0, "0", "0"));
      sent[0]++;
      last.get();
      for (int i = 1; i < count; i++) {
        last = producer.send(new ProducerRecord<>(topic, i % partitions, "" + i, "" + i));
        sent[i % partitions]++;
      }
      producer.flush();
      last.get();
      Clients.print(sent);
    }
  }

  private static void consume(String topic, String group, int count) throws Exception {
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer = consumer(group, "classic")) {
      consumer.subscribe(List.of(topic));
      long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (values.size() < count) {
        if (System.nanoTime() > deadline) throw new IllegalStateException("only " + values.size() + " records came");
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) values.add(record.value());
      }
      consumer.commitSync();
    }
    Collections.sort(values);
    Clients.print(values);
  }

  private static void hold(String topic, String group, String protocol) throws Exception {
    CompletableFuture<Void> inputEnded = CompletableFuture.runAsync(KafkaRecords::awaitEndOfInput);
    try (KafkaConsumer<String, String> consumer = consumer(group, protocol)) {
      consumer.subscribe(List.of(topic));
      while (consumer.assignment().isEmpty()) consumer.poll(Duration.ofMillis(100));
      Clients.print(Map.of("partitions", consumer.assignment().size()));
      while (!inputEnded.isDone()) consumer.poll(Duration.ofMillis(100));
    }
  }

  private static void awaitEndOfInput() {
    try {
      while (System.in.read() >= 0) {}
    } catch (IOException closed) {
      // Closed is ended.
    }
  }

  private static KafkaConsumer<String, String> consumer(String group, String protocol) throws Exception {
    Properties settings = Clients.settings();
    settings.put("group.id", group);
    settings.put("group.protocol", protocol);
    settings.put("auto.offset.reset", "earliest");
    settings.put("enable.auto.commit", "false");
    return new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
  }
}
