import java.io.FileInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.GZIPInputStream;

/** Inflates a file with GZIPInputStream, over a stream that never says how much it has, as a socket would. */
public class Unpack {
  public static void main(String[] args) throws IOException {
    InputStream silent = new FilterInputStream(new FileInputStream(args[0])) {
      @Override
      public int available() {
        return 0;
      }
    };
    try (InputStream in = new GZIPInputStream(silent); OutputStream out = System.out) {
      in.transferTo(out);
    }
  }
}
