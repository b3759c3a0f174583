using System.Globalization;
using System.Runtime.InteropServices;
using Orchestrator.LlamaCpp.Native;

namespace Orchestrator.LlamaCpp.Tests.Native;

public sealed class FreshMemoryTests
{
    const int Bytes = 64 << 20;

    [Fact]
    public void Advise_LargeBufferAllocatedMeanwhile_MayUseHugePages()
    {
        var fresh = new FreshMemory();
        var buffer = Marshal.AllocHGlobal(Bytes);
        try
        {
            fresh.Advise();
            Marshal.WriteByte(buffer, 1);

            // A kernel without huge pages has no such flag, and a buffer is then as good as before.
            if (File.Exists("/sys/kernel/mm/transparent_hugepage/enabled"))
                Assert.Contains("hg", Flags(buffer + Bytes / 2));
        }
        finally
        {
            Marshal.FreeHGlobal(buffer);
        }
    }

    /// <summary>The flags of the mapping that holds the address.</summary>
    static string[] Flags(long address)
    {
        var inside = false;
        foreach (var line in File.ReadLines("/proc/self/smaps"))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words[0].Split('-') is [var start, var end] && long.TryParse(start, NumberStyles.HexNumber, null, out var from))
                inside = from <= address && address < long.Parse(end, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (inside && words[0] == "VmFlags:")
                return words;
        }

        return [];
    }
}
