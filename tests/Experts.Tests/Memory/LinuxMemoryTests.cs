using Orchestrator.Experts.Memory;
using Orchestrator.TestKit;

namespace Orchestrator.Experts.Tests.Memory;

public sealed class LinuxMemoryTests : IDisposable
{
    const long MiB = 1 << 20;

    readonly TemporaryFolder _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public void Available_NothingToRead_IsUnknown() => Assert.Null(Available());

    [Fact]
    public void Available_MemInfoAlone_IsWhatItSays()
    {
        Write("proc/meminfo", "MemTotal:       16000 kB\nMemFree:  1 kB\nMemAvailable:    2048 kB\n");

        Assert.Equal(2 * MiB, Available());
    }

    [Theory]
    [InlineData("")]
    [InlineData("MemTotal: 16000 kB")]
    [InlineData("MemAvailable:")]
    [InlineData("MemAvailable: many kB")]
    [InlineData("MemAvailable: -5 kB")]
    [InlineData("MemAvailable: 99999999999999999999999 kB")]
    [InlineData("MemAvailable: 9223372036854775807 kB")]
    public void Available_MemInfoIsGarbage_IsUnknown(string text)
    {
        Write("proc/meminfo", text);

        Assert.Null(Available());
    }

    [Fact]
    public void Available_UnifiedGroup_IsItsLimitLessWhatIsUsedBesideTheFileCache()
    {
        Unified("/pod", limit: $"{100 * MiB}", used: 60 * MiB, "anon 5\ninactive_file 10485760\nactive_file 1048576\nfile 999\n");

        Assert.Equal(51 * MiB, Available());
    }

    [Fact]
    public void Available_GroupsInsideEachOther_TheTightestCounts()
    {
        Write("proc/meminfo", "MemAvailable: 1048576 kB");
        Unified("/pod/box", limit: "max", used: 10 * MiB);
        Unified("/pod", limit: $"{100 * MiB}", used: 70 * MiB, membership: false);
        Unified("/", limit: $"{200 * MiB}", used: 150 * MiB, membership: false);

        Assert.Equal(30 * MiB, Available());
    }

    [Fact]
    public void Available_GroupWithoutLimit_IsWhatTheMachineHas()
    {
        Write("proc/meminfo", "MemAvailable: 1024 kB");
        Unified("/pod", limit: "max", used: 10 * MiB);

        Assert.Equal(MiB, Available());
    }

    [Fact]
    public void Available_MoreUsedThanTheLimit_IsNothing()
    {
        Unified("/pod", limit: $"{10 * MiB}", used: 11 * MiB);

        Assert.Equal(0, Available());
    }

    /// <summary>A container sees the path outside, and its own group where the file system is mounted.</summary>
    [Fact]
    public void Available_PathOfTheHost_FallsBackToTheMount()
    {
        Write("proc/self/cgroup", "0::/../../docker/abc\n");
        Unified("/", limit: $"{100 * MiB}", used: 40 * MiB, membership: false);

        Assert.Equal(60 * MiB, Available());
    }

    [Theory]
    [InlineData("no colons at all")]
    [InlineData("0::")]
    [InlineData("1:cpu,cpuacct:/x")]
    [InlineData("2:memoryless:/x")]
    [InlineData("")]
    public void Available_MembershipIsGarbage_TheMachineCounts(string text)
    {
        Write("proc/meminfo", "MemAvailable: 1024 kB");
        Write("proc/self/cgroup", text);

        Assert.Equal(MiB, Available());
    }

    [Theory]
    [InlineData("lots", "1", "")]
    [InlineData("", "1", "")]
    [InlineData("100", "", "")]
    [InlineData("-1", "1", "")]
    public void Available_NumbersOfTheGroupAreGarbage_TheMachineCounts(string limit, string used, string stat)
    {
        Write("proc/meminfo", "MemAvailable: 1024 kB");
        Write("proc/self/cgroup", "0::/x");
        Write("sys/fs/cgroup/x/memory.max", limit);
        Write("sys/fs/cgroup/x/memory.current", used);
        Write("sys/fs/cgroup/x/memory.stat", stat);

        Assert.Equal(MiB, Available());
    }

    [Theory]
    [InlineData("inactive_file many\nactive_file\n\nfile", 60)]
    [InlineData("inactive_file 9223372036854775807\nactive_file 9223372036854775807", 100)]
    public void Available_CacheIsGarbage_CountsAtMostWhatIsUsed(string stat, long expectedMiB)
    {
        Unified("/pod", limit: $"{100 * MiB}", used: 40 * MiB, stat);

        Assert.Equal(expectedMiB * MiB, Available());
    }

    [Fact]
    public void Available_FirstVersion_CountsTheCacheOfTheGroupsBelowToo()
    {
        Write("proc/self/cgroup", "12:cpuset:/x\n5:hugetlb,memory:/pod/box\n");
        First("pod/box", limit: $"{80 * MiB}", used: 40 * MiB, "inactive_file 0\ntotal_inactive_file 1048576");
        // What a group uses includes its children; without the prefix the numbers are its own alone.
        First("pod", limit: $"{100 * MiB}", used: 90 * MiB, "inactive_file 0\ntotal_inactive_file 1048576\ntotal_active_file 1048576");

        Assert.Equal(12 * MiB, Available());
    }

    [Fact]
    public void Available_FirstVersionWithoutLimit_IsWhatTheMachineHas()
    {
        Write("proc/meminfo", "MemAvailable: 1024 kB");
        Write("proc/self/cgroup", "5:memory:/\n");
        First("", limit: "9223372036854771712", used: 40 * MiB);

        Assert.Equal(MiB, Available());
    }

    [Fact]
    public void Available_ThisMachine_IsKnownAndPositive() => Assert.True(new LinuxMemory().Available() > 0);

    long? Available() => new LinuxMemory(_root.Path).Available();

    void Unified(string path, string limit, long used, string stat = "", bool membership = true)
    {
        if (membership)
            Write("proc/self/cgroup", $"0::{path}\n");
        var folder = $"sys/fs/cgroup/{path.Trim('/')}";
        Write($"{folder}/memory.max", $"{limit}\n");
        Write($"{folder}/memory.current", $"{used}\n");
        Write($"{folder}/memory.stat", stat);
    }

    void First(string path, string limit, long used, string stat = "")
    {
        var folder = $"sys/fs/cgroup/memory/{path}";
        Write($"{folder}/memory.limit_in_bytes", $"{limit}\n");
        Write($"{folder}/memory.usage_in_bytes", $"{used}\n");
        Write($"{folder}/memory.stat", stat);
    }

    void Write(string file, string text)
    {
        var path = _root.File(file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
