import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;

/** Creates nodes in pipelined batches. Requests of a session are applied in order, so a parent may come just before. */
final class Writer {
  private static final int BATCH_NODES = 100;
  private static final int BATCH_BYTES = 256 * 1024;
  private static final int IN_FLIGHT = 8;

  private final ZooKeeper zooKeeper;
  private final Semaphore slots = new Semaphore(IN_FLIGHT);
  private final List<Op> batch = new ArrayList<>();
  private int batchBytes;
  private int created;
  private volatile KeeperException failure;

  Writer(ZooKeeper zooKeeper) {
    this.zooKeeper = zooKeeper;
  }

  void create(String path, byte[] data, List<ACL> acl) throws Exception {
    int bytes = path.length() + (data == null ? 0 : data.length);
    if (!batch.isEmpty() && (batch.size() == BATCH_NODES || batchBytes + bytes > BATCH_BYTES)) send();
    batch.add(Op.create(path, data, acl, CreateMode.PERSISTENT));
    batchBytes += bytes;
    created++;
  }

  /** Counts nodes made outside this writer. */
  void count(int nodes) {
    created += nodes;
  }

  int created() {
    return created;
  }

  /** Returns when all is on the server. */
  void await() throws Exception {
    send();
    slots.acquire(IN_FLIGHT);
    slots.release(IN_FLIGHT);
    if (failure != null) throw failure;
  }

  private void send() throws Exception {
    if (failure != null) throw failure;
    if (batch.isEmpty()) return;
    slots.acquire();
    zooKeeper.multi(new ArrayList<>(batch), (code, path, context, results) -> {
      if (code != 0) failure = KeeperException.create(Code.get(code), path);
      slots.release();
    }, null);
    batch.clear();
    batchBytes = 0;
  }
}
