import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooDefs.Perms;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.apache.zookeeper.data.Stat;
import org.apache.zookeeper.server.auth.DigestAuthenticationProvider;

/**
 * ZkFill CONNECT_STRING ROOT COUNT SEED LARGEST HOLD: builds a tree below ROOT of about COUNT znodes, the same
 * for the same COUNT, SEED and LARGEST (bytes of the biggest value, 0 for no large ones). Prints one JSON line.
 * With HOLD "hold" it makes ephemeral nodes too and keeps them until standard input ends.
 */
public final class ZkFill {
  private static final long ONE_DAY_MS = 86_400_000L;
  private static final int FOLDER_SIZE = 500;

  private final ZooKeeper zooKeeper;
  private final Writer writer;
  private final String root;
  private final Random random;
  private final List<String> ttl = new ArrayList<>();
  private final List<String> containers = new ArrayList<>();
  private final List<String> ephemerals = new ArrayList<>();
  private final List<List<ACL>> acls;

  private ZkFill(ZooKeeper zooKeeper, String root, long seed) throws Exception {
    this.zooKeeper = zooKeeper;
    this.writer = new Writer(zooKeeper);
    this.root = root;
    this.random = new Random(seed);
    this.acls = acls();
  }

  public static void main(String[] arguments) throws Exception {
    try (ZooKeeper zooKeeper = Session.open(arguments[0])) {
      ZkFill fill = new ZkFill(zooKeeper, arguments[1], Long.parseLong(arguments[3]));
      fill.build(Integer.parseInt(arguments[2]), Integer.parseInt(arguments[4]));
      boolean hold = arguments[5].equals("hold");
      if (hold) fill.makeEphemerals();
      System.out.println("{\"created\":" + fill.writer.created() + ",\"ttl\":" + Json.array(fill.ttl)
          + ",\"containers\":" + Json.array(fill.containers) + ",\"ephemerals\":" + Json.array(fill.ephemerals) + "}");
      if (hold) while (System.in.read() >= 0) {}
    }
  }

  private void build(int count, int largest) throws Exception {
    if (zooKeeper.exists(root, false) == null) writer.create(root, null, Ids.OPEN_ACL_UNSAFE);
    makeNames();
    makeDeepChain();
    if (largest > 0) makeLarge(largest);
    writer.await();
    makeSequences();
    makeTyped();
    int rest = count - writer.created();
    for (int folder = 0; rest > 0; folder++) {
      int size = Math.min(FOLDER_SIZE, rest);
      makeFolder(String.format("%s/folder-%05d", root, folder), size - 1);
      rest -= size;
    }
    writer.await();
  }

  /** Data of every kind: null, empty, text, binary; about 300 bytes on average. */
  private void makeFolder(String folder, int size) throws Exception {
    writer.create(folder, null, Ids.OPEN_ACL_UNSAFE);
    for (int i = 0; i < size; i++) writer.create(String.format("%s/node-%06d", folder, i), data(), anyAcl());
  }

  private byte[] data() {
    int kind = random.nextInt(20);
    if (kind == 0) return null;
    if (kind == 1) return new byte[0];
    byte[] bytes = new byte[random.nextInt(640)];
    random.nextBytes(bytes);
    if (kind < 6) return bytes;
    for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) ('a' + (bytes[i] & 15));
    return bytes;
  }

  private void makeNames() throws Exception {
    String parent = root + "/names";
    writer.create(parent, null, Ids.OPEN_ACL_UNSAFE);
    String[] names = {"a b", "a%20b", "a.b", "a-b", "a", "a\"b\\c", "ünïcode", "中文节点", "x".repeat(250), "a'b&c?d=e#f", "~", "!"};
    for (String name : names) {
      writer.create(parent + "/" + name, name.getBytes("UTF-8"), Ids.OPEN_ACL_UNSAFE);
      writer.create(parent + "/" + name + "/child", null, Ids.OPEN_ACL_UNSAFE);
    }
  }

  private void makeDeepChain() throws Exception {
    StringBuilder path = new StringBuilder(root).append("/deep");
    for (int depth = 0; depth < 60; depth++) {
      writer.create(path.toString(), new byte[] {(byte) depth}, Ids.OPEN_ACL_UNSAFE);
      path.append("/level-").append(depth);
    }
  }

  /** Queues whose next sequence number is higher than their children tell: some were taken out again. */
  private void makeSequences() throws Exception {
    String parent = root + "/queue";
    zooKeeper.create(parent, null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
    for (int i = 0; i < 30; i++) {
      String path = zooKeeper.create(parent + "/item-", data(), Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT_SEQUENTIAL);
      if (i % 3 == 0) {
        zooKeeper.delete(path, -1);
        continue;
      }
      if (i % 3 == 1) zooKeeper.setData(path, data(), -1);
      if (i % 5 == 1) zooKeeper.setACL(path, Ids.OPEN_ACL_UNSAFE, -1);
    }
    writer.count(21);
  }

  private void makeTyped() throws Exception {
    for (int i = 0; i < 5; i++) {
      ttl.add(root + "/ttl-" + i);
      zooKeeper.create(root + "/ttl-" + i, data(), Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT_WITH_TTL, new Stat(), ONE_DAY_MS + i);
      containers.add(root + "/container-" + i);
      zooKeeper.create(root + "/container-" + i, data(), Ids.OPEN_ACL_UNSAFE, CreateMode.CONTAINER);
      zooKeeper.create(root + "/container-" + i + "/child", data(), Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
    }
    writer.count(15);
  }

  private void makeLarge(int largest) throws Exception {
    String parent = root + "/large";
    writer.create(parent, null, Ids.OPEN_ACL_UNSAFE);
    for (int i = 0; i < 6; i++) {
      byte[] bytes = new byte[i == 0 ? largest : 1 + random.nextInt(largest)];
      random.nextBytes(bytes);
      writer.create(parent + "/value-" + i, bytes, Ids.OPEN_ACL_UNSAFE);
    }
  }

  private void makeEphemerals() throws Exception {
    for (int i = 0; i < 5; i++) {
      ephemerals.add(root + "/ephemeral-" + i);
      zooKeeper.create(root + "/ephemeral-" + i, data(), Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
    }
    writer.count(5);
  }

  /** Mostly open, sometimes one of the restricted lists. */
  private List<ACL> anyAcl() {
    return random.nextInt(5) == 0 ? acls.get(random.nextInt(acls.size())) : Ids.OPEN_ACL_UNSAFE;
  }

  private static List<List<ACL>> acls() throws Exception {
    Id owner = new Id("digest", DigestAuthenticationProvider.generateDigest("owner:owner-secret"));
    Id reader = new Id("digest", DigestAuthenticationProvider.generateDigest("reader:reader-secret"));
    Id local = new Id("ip", "127.0.0.1");
    return List.of(
        List.of(new ACL(Perms.ALL, owner)),
        List.of(new ACL(Perms.READ, Ids.ANYONE_ID_UNSAFE), new ACL(Perms.ALL, owner)),
        List.of(new ACL(Perms.READ | Perms.WRITE, local), new ACL(Perms.ADMIN, owner)),
        List.of(new ACL(Perms.READ, reader), new ACL(Perms.CREATE | Perms.DELETE, local), new ACL(Perms.ALL, owner)),
        Ids.READ_ACL_UNSAFE);
  }
}
