using System.Diagnostics;
using Orchestrator.TestKit;

namespace Orchestrator.InProcess.Tests;

/// <summary>The sample as a user runs it: a program of its own, beside which nothing else was put.</summary>
public sealed class SampleTests
{
    [Fact]
    public async Task Sample_AskedASum_AnswersAndSaysWho()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Orchestrator.InProcessSample.dll")])
        {
            UseShellExecute = false,
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var sample = Process.Start(start)!;
        var error = sample.StandardError.ReadToEndAsync();
        var output = await sample.StandardOutput.ReadToEndAsync();
        await sample.WaitForExitAsync();

        Assert.True(sample.ExitCode == 0, await error);
        Assert.Contains("Answer: 42", output, StringComparison.Ordinal);
        Assert.Contains("mason", output, StringComparison.Ordinal);
    }
}
