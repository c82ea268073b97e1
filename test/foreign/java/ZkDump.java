import java.io.BufferedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Stat;

/**
 * ZkDump CONNECT_STRING PATH: one JSON line per znode of the subtree, sorted by path component by component.
 * 64-bit numbers are strings.
 */
public final class ZkDump {
  private static final int WINDOW = 256;

  public static void main(String[] arguments) throws Exception {
    TreeMap<String, String> lines = new TreeMap<>();
    try (ZooKeeper zooKeeper = Session.open(arguments[0])) {
      Walk.subtree(zooKeeper, arguments[1], WINDOW, (path, data, acl, stat) ->
          // NUL is below every character a name may hold, so this key sorts by component.
          lines.put(path.replace('/', '\0'), line(path, data, acl, stat)));
    }
    PrintStream out = new PrintStream(new BufferedOutputStream(System.out, 1 << 16), false, StandardCharsets.UTF_8);
    for (String line : lines.values()) out.append(line).append('\n');
    out.flush();
  }

  private static String line(String path, byte[] data, List<ACL> acl, Stat stat) {
    return "{\"path\":" + Json.quote(path)
        + ",\"data\":" + (data == null ? "null" : '"' + Base64.getEncoder().encodeToString(data) + '"')
        + ",\"acl\":" + acl(acl)
        + ",\"ephemeralOwner\":\"" + stat.getEphemeralOwner() + '"'
        + ",\"version\":" + stat.getVersion()
        + ",\"cversion\":" + stat.getCversion()
        + ",\"aversion\":" + stat.getAversion()
        + ",\"numChildren\":" + stat.getNumChildren()
        + ",\"dataLength\":" + stat.getDataLength()
        + ",\"czxid\":\"" + stat.getCzxid() + '"'
        + ",\"mzxid\":\"" + stat.getMzxid() + '"'
        + ",\"pzxid\":\"" + stat.getPzxid() + '"'
        + ",\"ctime\":" + stat.getCtime()
        + ",\"mtime\":" + stat.getMtime() + '}';
  }

  private static String acl(List<ACL> entries) {
    StringBuilder out = new StringBuilder("[");
    for (ACL entry : entries) {
      if (out.length() > 1) out.append(',');
      out.append("{\"perms\":").append(entry.getPerms())
          .append(",\"scheme\":").append(Json.quote(entry.getId().getScheme()))
          .append(",\"id\":").append(Json.quote(entry.getId().getId())).append('}');
    }
    return out.append(']').toString();
  }
}
