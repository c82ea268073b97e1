import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Exit;

/**
 * KafkaTools: calls the main methods of Kafka's own tools one after another, as their scripts do, but in one JVM,
 * as starting one takes longer than most tools run. The environment's KAFKA_TOOLS is a JSON list of lists: main class
 * and arguments. Prints what each wrote to standard output as a line of JSON. Stops at the first that fails.
 */
public final class KafkaTools {
  /** With this line kafka-consumer-groups tells that it failed, and then ends as if it had not. */
  private static final String SILENT_FAILURE = "\nError: ";

  /** The exit code of the tool at work, once it has ended: the first, as what ends it may be taken for a failure of it. */
  private static Integer ended;

  private KafkaTools() {}

  public static void main(String[] arguments) throws Exception {
    JsonNode calls = Clients.JSON.readTree(System.getenv("KAFKA_TOOLS"));
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    // Once and for all: Scala's Console keeps the first stream that it sees.
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    Exit.setExitProcedure((status, message) -> {
      if (ended == null) ended = status;
      throw new Ended();
    });
    for (JsonNode call : calls) {
      int status = run(call);
      String output = said.toString(StandardCharsets.UTF_8);
      said.reset();
      if (status != 0 || output.contains(SILENT_FAILURE)) {
        System.err.println(call.get(0).asText() + " failed (" + status + "):\n" + output);
        System.exit(1);
      }
      Clients.print(output);
    }
  }

  /** The tool's exit code. */
  private static int run(JsonNode call) throws Exception {
    List<String> words = new ArrayList<>();
    for (JsonNode word : call) words.add(word.asText());
    String[] arguments = words.subList(1, words.size()).toArray(String[]::new);
    ended = null;
    try {
      Class.forName(words.get(0)).getMethod("main", String[].class).invoke(null, (Object) arguments);
    } catch (InvocationTargetException failure) {
      if (!(failure.getCause() instanceof Ended)) throw failure;
    }
    return ended == null ? 0 : ended;
  }

  /** Leaves a tool that wants to exit. An error, as tools catch every exception. */
  private static final class Ended extends Error {
    private static final long serialVersionUID = 1L;

    Ended() {
      super("exit", null, false, false);
    }
  }
}
