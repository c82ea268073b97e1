import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaFuture;

/** What every program here starts from: the settings, the admin client, JSON lines. */
final class Clients {
  static final ObjectMapper JSON = new ObjectMapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private Clients() {}

  /** Settings of any Kafka client: the properties file text in the environment's KAFKA_CLIENT. */
  static Properties settings() throws Exception {
    Properties settings = new Properties();
    settings.load(new StringReader(System.getenv("KAFKA_CLIENT")));
    return settings;
  }

  static Admin admin() throws Exception {
    Properties settings = settings();
    settings.put("default.api.timeout.ms", "120000");
    settings.put("request.timeout.ms", "60000");
    return Admin.create(settings);
  }

  static void print(Object value) throws Exception {
    OUT.println(JSON.writeValueAsString(value));
  }

  /** The future's value; its failure as itself, not wrapped. */
  static <T> T get(KafkaFuture<T> future) throws Exception {
    try {
      return future.get();
    } catch (ExecutionException failure) {
      throw failure.getCause() instanceof Exception cause ? cause : failure;
    }
  }

  /** The future's value, or the alternative if it fails with an error of that kind. */
  static <T> T getOr(KafkaFuture<T> future, Class<? extends Exception> kind, T alternative) throws Exception {
    try {
      return get(future);
    } catch (Exception failure) {
      if (kind.isInstance(failure)) return alternative;
      throw failure;
    }
  }

  /** Hands the items on in lists of at most that size. */
  static <T> void inBatches(Iterable<T> items, int size, Batch<T> take) throws Exception {
    List<T> batch = new ArrayList<>(size);
    for (T item : items) {
      batch.add(item);
      if (batch.size() < size) continue;
      take.accept(batch);
      batch = new ArrayList<>(size);
    }
    if (!batch.isEmpty()) take.accept(batch);
  }

  /** What is done with each list. */
  interface Batch<T> {
    void accept(List<T> items) throws Exception;
  }
}
