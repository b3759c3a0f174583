using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Orchestrator.Bench.Loading.Prefetch;

/// <summary>Puts a file into the page cache of Linux, or out of it.</summary>
static partial class PageCache
{
    const int DontNeed = 4;
    const int PieceBytes = 1 << 20;

    public static void Evict(string file)
    {
        using SafeFileHandle handle = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite);
        // Pages that are not on the disk yet stay.
        RandomAccess.FlushToDisk(handle);
        int error = Advise(handle, 0, 0, DontNeed);
        if (error != 0)
            throw new Win32Exception(error);
    }

    public static void Fill(string file)
    {
        using SafeFileHandle handle = File.OpenHandle(file);
        byte[] piece = new byte[PieceBytes];
        for (long offset = 0; RandomAccess.Read(handle, piece, offset) is > 0 and var read; offset += read)
        {
        }
    }

    [LibraryImport("libc", EntryPoint = "posix_fadvise")]
    private static partial int Advise(SafeFileHandle file, long offset, long length, int advice);
}
