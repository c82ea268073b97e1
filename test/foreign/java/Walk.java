import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.zookeeper.AsyncCallback;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Stat;

/** Reads data, ACL, stat and children of a subtree with many requests in flight. */
final class Walk {
  /** Called once for every node, from ZooKeeper's event thread, in no particular order. */
  interface Visitor {
    void visit(String path, byte[] data, List<ACL> acl, Stat stat);
  }

  private final ZooKeeper zooKeeper;
  private final Visitor visitor;
  private final int window;
  private final ArrayDeque<String> waiting = new ArrayDeque<>();
  private final CountDownLatch done = new CountDownLatch(1);
  private int inFlight;
  private KeeperException failure;

  private Walk(ZooKeeper zooKeeper, int window, Visitor visitor) {
    this.zooKeeper = zooKeeper;
    this.window = window;
    this.visitor = visitor;
  }

  /** Visits `root` and all below it, `window` nodes at a time. A node deleted meanwhile is left out. */
  static void subtree(ZooKeeper zooKeeper, String root, int window, Visitor visitor) throws Exception {
    Walk walk = new Walk(zooKeeper, window, visitor);
    walk.waiting.add(root);
    walk.advance();
    walk.done.await();
    if (walk.failure != null) throw walk.failure;
  }

  private synchronized void advance() {
    while (failure == null && inFlight < window && !waiting.isEmpty()) {
      inFlight++;
      new Node(waiting.poll()).read();
    }
    if (inFlight == 0) done.countDown();
  }

  private synchronized void finished(List<String> children, String path) {
    String prefix = path.equals("/") ? "/" : path + "/";
    for (String child : children) waiting.add(prefix + child);
    inFlight--;
    advance();
  }

  private synchronized void failed(int code, String path) {
    if (code != Code.NONODE.intValue() && failure == null) failure = KeeperException.create(Code.get(code), path);
    inFlight--;
    advance();
  }

  /** The three reads of one node, all sent at once; a leaf needs only two. */
  private final class Node {
    private final String path;
    private int dataCode;
    private byte[] data;
    private Stat stat;

    Node(String path) {
      this.path = path;
    }

    void read() {
      zooKeeper.getData(path, false, (AsyncCallback.DataCallback) this::onData, null);
      zooKeeper.getACL(path, new Stat(), this::onAcl, null);
    }

    private void onData(int code, String ignored, Object context, byte[] bytes, Stat read) {
      dataCode = code;
      data = bytes;
      stat = read;
    }

    /** Replies come in the order of the requests, so the data's reply was before this one. */
    private void onAcl(int code, String ignored, Object context, List<ACL> acl, Stat read) {
      if (dataCode != 0 || code != 0) {
        failed(dataCode != 0 ? dataCode : code, path);
        return;
      }
      visitor.visit(path, data, acl, stat);
      if (stat.getNumChildren() == 0) finished(List.of(), path);
      else zooKeeper.getChildren(path, false, (AsyncCallback.ChildrenCallback) this::onChildren, null);
    }

    private void onChildren(int code, String ignored, Object context, List<String> children) {
      if (code == 0) finished(children, path);
      else failed(code, path);
    }
  }
}
