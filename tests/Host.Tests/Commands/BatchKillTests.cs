using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Experts.Configuration;
using Orchestrator.Jobs.Running;
using Orchestrator.TestKit;

namespace Orchestrator.Host.Tests.Commands;

/// <summary>The real executable, killed in the middle of a job as by a lost machine.</summary>
public sealed class BatchKillTests
{
    const int Items = 120;
    const string Job = "killed";

    [Fact]
    public async Task Run_KilledSeveralTimes_WritesWhatAnUndisturbedRunWrites()
    {
        using var folder = new TemporaryFolder();
        TinyGguf.Saying("abcdef", ends: false, context: 4096).Save(folder.Path, "endless.gguf");
        TinyGguf.Saying("xyz").Save(folder.Path, "xyz.gguf");
        var requests = folder.File("requests.jsonl");
        await File.WriteAllLinesAsync(requests, Enumerable.Range(0, Items).Select(i =>
            BatchCalls.Line($"k{i}", i % 3 == 0 ? "both" : "endless", $"question {i}", $"\"max_tokens\":{400 + i}")));

        using (var undisturbed = Start(folder, "undisturbed")) await undisturbed.WaitForExitAsync();
        foreach (var share in (double[])[0.1, 0.4, 0.7])
        {
            using var run = Start(folder, "killed");
            while (await EndedAsync(folder, "killed") < share * Items)
            {
                Assert.False(run.HasExited, "it ended before it could be killed");
                await Task.Delay(TimeSpan.FromMilliseconds(5));
            }

            run.Kill();
            await run.WaitForExitAsync();
            Assert.NotEqual(0, run.ExitCode);
            Assert.False(File.Exists(folder.File("killed.out.jsonl")));
        }

        using (var last = Start(folder, "killed"))
        {
            await last.WaitForExitAsync();
            Assert.Equal(0, last.ExitCode);
        }

        var expected = await LinesAsync(folder, "undisturbed");
        Assert.Equal(Items, expected.Length);
        Assert.Equal(expected, await LinesAsync(folder, "killed"));
    }

    /// <summary>Without the time of the run, in which alone the two may differ.</summary>
    static async Task<string[]> LinesAsync(TemporaryFolder folder, string name) =>
        Array.ConvertAll(
            await File.ReadAllLinesAsync(folder.File($"{name}.out.jsonl")),
            line => Regex.Replace(line, "\"created\":[0-9]+", "", RegexOptions.None, TimeSpan.FromSeconds(1)));

    /// <summary>Items that have ended, read beside the process that writes them.</summary>
    static async Task<int> EndedAsync(TemporaryFolder folder, string name)
    {
        var config = new JobsConfig { Folder = folder.File($"{name}.jobs") };
        if (!File.Exists(Path.Combine(config.Folder, JobFolder.Database))) return 0;
        try
        {
            await using var jobs = JobService.Open(config, () => throw new NotSupportedException(), TimeProvider.System, NullLoggerFactory.Instance);
            return jobs.List().Sum(job => job.Counts.Done);
        }
        catch (Jobs.Store.JobStoreException)
        {
            // It is being made at this moment.
            return 0;
        }
    }

    static Process Start(TemporaryFolder folder, string name)
    {
        var config = folder.File($"{name}.yaml");
        File.WriteAllText(config,
            $$"""
            engine: { threads: 1 }
            memory: { budget: 64MiB }
            jobs: { folder: {{name}}.jobs, window: 8 }
            policies:
              both: { strategy: best-single, panel: 2, aggregator: majority }
            experts:
              - { id: endless, file: endless.gguf, max_sequences: 2, sampling: { temperature: 0 } }
              - { id: xyz, file: xyz.gguf, sampling: { temperature: 0 } }
            """);
        return Process.Start(new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, "orchestrator"),
            ["batch", "run", folder.File("requests.jsonl"), "--job", Job, "--out", folder.File($"{name}.out.jsonl"), "--config", config])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
    }
}
