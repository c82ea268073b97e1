import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooKeeper;

/** Opens a connected session; credentials ("user:password") come in the environment, never as arguments. */
final class Session {
  static final int TIMEOUT_MS = 30_000;

  private Session() {}

  static ZooKeeper open(String connectString) throws Exception {
    String sasl = System.getenv("ZOOKEEPER_SASL");
    if (sasl != null) SaslLogin.use(sasl.split(":", 2)[0], sasl.split(":", 2)[1]);
    CountDownLatch connected = new CountDownLatch(1);
    ZooKeeper zooKeeper = new ZooKeeper(connectString, TIMEOUT_MS, event -> {
      if (event.getState() == KeeperState.SyncConnected) connected.countDown();
    });
    if (!connected.await(TIMEOUT_MS, TimeUnit.MILLISECONDS)) throw new IllegalStateException("no connection to " + connectString);
    String digest = System.getenv("ZOOKEEPER_DIGEST");
    if (digest != null) zooKeeper.addAuthInfo("digest", digest.getBytes(StandardCharsets.UTF_8));
    return zooKeeper;
  }
}
