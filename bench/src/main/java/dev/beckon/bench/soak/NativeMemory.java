package dev.beckon.bench.soak;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.stream.Stream;

/**
 * What native code holds of this process, as glibc's allocator counts it in all its arenas: TDLib's share, and the JVM's own without heap,
 * code and classes. Exact where RSS is not: what was freed is not in it, although the process keeps its pages.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/mallinfo.3.html">mallinfo2(3)</a>
 */
@SuppressWarnings("restricted") // Asking the C library is what this class is for.
final class NativeMemory {
    private static final String MAPPED = "hblkhd";
    private static final String IN_USE = "uordblks";
    private static final StructLayout MALLINFO2 = MemoryLayout.structLayout(Stream.of(
                    "arena", "ordblks", "smblks", "hblks", MAPPED, "usmblks", "fsmblks", IN_USE, "fordblks", "keepcost")
            .map(ValueLayout.JAVA_LONG::withName)
            .toArray(MemoryLayout[]::new));

    private final MethodHandle mallinfo2;

    /** @throws IllegalStateException where there is no glibc 2.33 or newer */
    NativeMemory() {
        Linker linker = Linker.nativeLinker();
        mallinfo2 = linker.defaultLookup()
                .find("mallinfo2")
                .map(address -> linker.downcallHandle(address, FunctionDescriptor.of(MALLINFO2)))
                .orElseThrow(() -> new IllegalStateException(
                        "This machine's C library can't tell what native code holds: glibc 2.33 or newer is needed."));
    }

    /** In bytes. */
    long inUse() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment told = (MemorySegment) mallinfo2.invokeExact((SegmentAllocator) arena);
            return field(told, IN_USE) + field(told, MAPPED);
        } catch (RuntimeException | Error known) {
            throw known;
        } catch (Throwable e) {
            throw new IllegalStateException("a call into the C library failed", e);
        }
    }

    private static long field(MemorySegment told, String name) {
        return told.get(ValueLayout.JAVA_LONG, MALLINFO2.byteOffset(MemoryLayout.PathElement.groupElement(name)));
    }
}
