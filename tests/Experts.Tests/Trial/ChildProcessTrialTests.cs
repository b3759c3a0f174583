using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Experts.Trial;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Time;

namespace Orchestrator.Experts.Tests.Trial;

/// <summary>The child is a shell script: what matters is what a child can do to its parent.</summary>
public sealed class ChildProcessTrialTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    string Starts => _folder.File("starts");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Try_AllGood_CostsOneChild()
    {
        var verdicts = await Trial().TryAsync(Files("a.gguf", "with space.gguf", "c.gguf"), default);

        Assert.All(verdicts, v => Assert.Null(v.Refusal));
        Assert.Equal(3, verdicts.Count);
        Assert.Single(File.ReadAllLines(Starts));
    }

    [Fact]
    public async Task Try_ChildRefuses_GivesItsReasonAndGoesOn()
    {
        var verdicts = await Trial().TryAsync(Files("a.gguf", "bad.gguf", "c.gguf"), default);

        Assert.Equal([null, "unknown model architecture", null], verdicts.Select(v => v.Refusal));
        Assert.Single(File.ReadAllLines(Starts));
    }

    [Fact]
    public async Task Try_ChildDies_RefusesThatFileAndGoesOnWithTheNext()
    {
        var verdicts = await Trial().TryAsync(Files("a.gguf", "crash.gguf", "c.gguf", "crash2.gguf"), default);

        Assert.Null(verdicts[0].Refusal);
        Assert.Equal("it ended its trial process with exit code 134 (GGML_ASSERT(n_layer > 0) failed)", verdicts[1].Refusal);
        Assert.Null(verdicts[2].Refusal);
        Assert.Contains("134", verdicts[3].Refusal, StringComparison.Ordinal);
        Assert.Equal(2, File.ReadAllLines(Starts).Length);
    }

    [Fact]
    public async Task Try_ChildLeavesWithoutALine_RefusesThatFile()
    {
        var verdicts = await Trial().TryAsync(Files("leave.gguf", "a.gguf"), default);

        Assert.Contains("exit code 0", verdicts[0].Refusal, StringComparison.Ordinal);
        Assert.Null(verdicts[1].Refusal);
    }

    [Fact]
    public async Task Try_ChildHangs_IsKilledAfterTheTimeoutAndTheNextGoesOn()
    {
        var time = new ManualTime();
        var trying = Trial(time).TryAsync(Files("hang.gguf", "a.gguf"), default);
        await time.NextTimerAsync();
        time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(trying.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));

        var verdicts = await trying;
        Assert.Equal(["it did not answer within 10 s in its trial", null], verdicts.Select(v => v.Refusal));
    }

    [Fact]
    public async Task Try_LargeFileHangs_HasTheTimeToReadItBesides()
    {
        var time = new ManualTime();
        var large = _folder.File("hang.gguf");
        await File.WriteAllBytesAsync(_folder.File("blob"), new byte[3000]);
        File.CreateSymbolicLink(large, "blob");
        var trying = Trial(time).TryAsync(Files(large), default);
        await time.NextTimerAsync();
        time.Advance(TimeSpan.FromSeconds(12));
        Assert.False(trying.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Contains("13 s", (await trying)[0].Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Try_Cancelled_EndsTheChild()
    {
        using var stop = new CancellationTokenSource();
        var time = new ManualTime();
        var trying = Trial(time).TryAsync(Files("hang.gguf"), stop.Token);
        await time.NextTimerAsync();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => trying);
    }

    static TrialCandidate[] Files(params string[] names) => [.. names.Select(n => new TrialCandidate(n))];

    ChildProcessTrial Trial(TimeProvider? time = null) => new(
        new ChildProcessTrialOptions
        {
            Executable = "/bin/sh",
            FileTimeout = TimeSpan.FromSeconds(10),
            SlowestRead = 1000,
            Arguments =
            [
                "-c",
                """
                echo started >> "$0"
                for f in "$@"; do
                    echo "some library says something"
                    case "$f" in
                        bad*) echo "{\"file\":\"$f\",\"refusal\":\"unknown model architecture\"}" ;;
                        crash*) echo "GGML_ASSERT(n_layer > 0) failed" >&2; echo "and a stack" >&2; kill -ABRT $$ ;;
                        leave*) exit 0 ;;
                        *hang*) exec tail -f /dev/null ;;
                        *) echo "{\"file\":\"$f\"}" ;;
                    esac
                done
                """,
                Starts,
            ],
        },
        time ?? TimeProvider.System,
        NullLogger<ChildProcessTrial>.Instance);
}
