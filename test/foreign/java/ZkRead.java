import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.zookeeper.ZooKeeper;

/**
 * ZkRead CONNECT_STRING PATH WINDOW ROUNDS: reads data, ACL, stat and children of the subtree, WINDOW nodes at a
 * time, and prints one JSON line per round. Later rounds run on a warm JVM.
 */
public final class ZkRead {
  public static void main(String[] arguments) throws Exception {
    int window = Integer.parseInt(arguments[2]);
    int rounds = Integer.parseInt(arguments[3]);
    try (ZooKeeper zooKeeper = Session.open(arguments[0])) {
      for (int round = 1; round <= rounds; round++) {
        AtomicLong nodes = new AtomicLong();
        AtomicLong bytes = new AtomicLong();
        long start = System.nanoTime();
        Walk.subtree(zooKeeper, arguments[1], window, (path, data, acl, stat) -> {
          nodes.incrementAndGet();
          bytes.addAndGet(data == null ? 0 : data.length);
        });
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(Locale.ROOT, "{\"round\":%d,\"znodes\":%d,\"bytes\":%d,\"seconds\":%.4f}%n",
            round, nodes.get(), bytes.get(), seconds);
      }
    }
  }
}
