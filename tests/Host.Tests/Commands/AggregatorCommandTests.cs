using System.Diagnostics;
using Orchestrator.TestKit;

namespace Orchestrator.Host.Tests.Commands;

/// <summary>The real executable on models of a few kilobytes, three that answer and one made to merge.</summary>
public sealed class AggregatorCommandTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    string Choice => _folder.File("aggregation.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Profile_AnswersAndAggregationConfigured_ChoosesAndShowsAndThenSkips()
    {
        var config = Configure("answers: answers.jsonl\n  aggregation: aggregation.json");

        var first = await RunAsync("profile", "--data", Questions(), "--config", config);
        var shown = await RunAsync("aggregator", "show", "--config", config);
        var again = await RunAsync("profile", "--data", Questions(), "--config", config);

        Assert.True(first.Code == 0, first.Error);
        Assert.Contains("3 answers recorded in", first.Output);
        // The instruction does not fit into the context of the others.
        Assert.Contains("judge merges best.", shown.Output);
        Assert.Contains("judge            100.0 %  (20.7 to 100.0)  1/1", shown.Output);
        Assert.Contains("seven            could take none of the 1 items: they are too long for its context", shown.Output);
        Assert.Contains("judge            already tested as aggregator", again.Error);
    }

    [Fact]
    public async Task Profile_NoAggregator_OnlyRecords()
    {
        var config = Configure("answers: answers.jsonl\n  aggregation: aggregation.json");

        var (code, output, error) = await RunAsync("profile", "--data", Questions(), "--config", config, "--no-aggregator");

        Assert.True(code == 0, error);
        Assert.Contains("3 answers recorded in", output);
        Assert.False(File.Exists(Choice));
    }

    [Fact]
    public async Task Profile_NoAnswersConfigured_SaysWhyNobodyIsChosen()
    {
        var config = Configure("aggregation: aggregation.json");

        var (code, output, error) = await RunAsync("profile", "--data", Questions(), "--config", config);

        Assert.True(code == 0, error);
        Assert.Contains("router.answers", output);
        Assert.False(File.Exists(Choice));
    }

    [Fact]
    public async Task Choose_NamedCandidate_IsTheOnlyOne()
    {
        var config = Configure("answers: answers.jsonl\n  aggregation: aggregation.json");
        await RunAsync("profile", "--data", Questions(), "--config", config, "--no-aggregator");

        var (code, output, error) = await RunAsync(
            "aggregator", "choose", "--data", Questions(), "--config", config, "--expert", "judge", "--items", "5");

        Assert.True(code == 0, error);
        Assert.Contains("judge merges best.", output);
        Assert.DoesNotContain("seven", output);
    }

    [Theory]
    [InlineData("show")]
    [InlineData("choose", "--data")]
    public async Task Command_NothingConfigured_NamesTheKey(params string[] arguments)
    {
        var data = arguments.Length > 1 ? new[] { Questions() } : [];

        var (code, _, error) = await RunAsync(["aggregator", .. arguments, .. data, "--config", Configure("")]);

        Assert.Equal(2, code);
        Assert.Contains("router.a", error);
        Assert.DoesNotContain("   at ", error);
    }

    [Fact]
    public async Task Choose_Tagger_IsRefusedWithTheReason()
    {
        var config = Configure("answers: answers.jsonl\n  aggregation: aggregation.json");
        await File.AppendAllTextAsync(config, "  - { id: scout, file: judge.gguf, purpose: tag }\n");
        await File.WriteAllTextAsync(_folder.File("answers.jsonl"), "");

        var (code, _, error) = await RunAsync("aggregator", "choose", "--data", Questions(), "--config", config, "-e", "scout");

        Assert.Equal(2, code);
        Assert.Contains("--expert scout: its purpose is tag", error);
    }

    [Fact]
    public async Task Choose_NoItems_SaysWhyAndLeavesTheChoice()
    {
        var config = Configure("answers: answers.jsonl\n  aggregation: aggregation.json");
        await RunAsync("profile", "--data", Questions(), "--config", config);
        var before = await File.ReadAllBytesAsync(Choice);
        await File.WriteAllTextAsync(_folder.File("answers.jsonl"), "");

        var (code, output, _) = await RunAsync("aggregator", "choose", "--data", Questions(), "--config", config);

        Assert.Equal(1, code);
        Assert.Contains("no question has one right and two wrong recorded answers", output);
        Assert.Contains($"The earlier choice in {Choice} stays.", output);
        Assert.Equal(before, await File.ReadAllBytesAsync(Choice));
    }

    [Fact]
    public async Task Profile_ReferenceChanged_SaysThatOutcomesAreKept()
    {
        var config = Configure("answers: answers.jsonl");
        var data = Questions();
        await RunAsync("profile", "--data", data, "--config", config);
        await File.WriteAllTextAsync(data, "{\"id\":\"1\",\"question\":\"3 + 4?\",\"reference\":\"8\"}\n");

        var (code, output, error) = await RunAsync("profile", "--data", data, "--config", config);

        Assert.True(code == 0, error);
        Assert.Contains("2 answers would get another score now", output);
    }

    [Fact]
    public async Task Profile_DamagedChoice_IsToldBeforeAnybodyIsAsked()
    {
        var config = Configure("answers: answers.jsonl\n  aggregation: aggregation.json");
        await File.WriteAllTextAsync(Choice, "nonsense");

        var (code, _, error) = await RunAsync("profile", "--data", Questions(), "--config", config);

        Assert.Equal(2, code);
        Assert.StartsWith($"{Choice}: not a choice of aggregator", error);
        Assert.False(File.Exists(_folder.File("outcomes.jsonl")));
    }

    [Fact]
    public async Task Choose_DamagedFile_IsReplacedWithRedo()
    {
        var config = Configure("answers: answers.jsonl\n  aggregation: aggregation.json");
        await RunAsync("profile", "--data", Questions(), "--config", config, "--no-aggregator");
        await File.WriteAllTextAsync(Choice, "nonsense");

        var refused = await RunAsync("aggregator", "choose", "--data", Questions(), "--config", config);
        var replaced = await RunAsync("aggregator", "choose", "--data", Questions(), "--config", config, "--redo");

        Assert.Equal(2, refused.Code);
        Assert.Contains("choose --redo' replaces the file", refused.Error);
        Assert.True(replaced.Code == 0, replaced.Error);
        Assert.Contains("judge merges best.", replaced.Output);
    }

    [Theory]
    [InlineData("profile", "--out")]
    [InlineData("profile", "--answers")]
    [InlineData("aggregator choose", "--out")]
    public async Task Command_CannotWrite_IsToldBeforeAnybodyIsAsked(string command, string option)
    {
        var config = Configure("answers: answers.jsonl\n  aggregation: aggregation.json");
        await File.WriteAllTextAsync(_folder.File("answers.jsonl"), "");
        var nowhere = Path.Combine(_folder.Path, "nope", "o.jsonl");

        var (code, _, error) = await RunAsync([.. command.Split(' '), "--data", Questions(), "--config", config, option, nowhere]);

        Assert.Equal(2, code);
        Assert.StartsWith($"{nowhere} cannot be written: ", error);
        Assert.DoesNotContain("asked", error);
    }

    [Fact]
    public async Task Show_BrokenFile_IsOneMessage()
    {
        await File.WriteAllTextAsync(Choice, "nonsense");

        var (code, _, error) = await RunAsync("aggregator", "show", "--config", Configure("aggregation: aggregation.json"));

        Assert.Equal(2, code);
        Assert.Contains("aggregation.json: not a choice of aggregator", error);
        Assert.DoesNotContain("   at ", error);
    }

    [Fact]
    public async Task Route_UnknownAggregator_ListsThoseThereAre()
    {
        var config = Configure("");
        await File.AppendAllTextAsync(config, "policies:\n  auto:\n    strategy: nearest\n    panel: 2\n    aggregator: voting\n");

        var (code, _, error) = await RunAsync("route", "7?", "--config", config);

        Assert.Equal(2, code);
        Assert.Contains("no aggregator is called 'voting'; there are first, majority, mixture-of-thoughts, synthesis", error);
    }

    string Questions()
    {
        var path = _folder.File("questions.jsonl");
        File.WriteAllText(path, "{\"id\":\"1\",\"question\":\"3 + 4?\",\"reference\":\"7\"}\n");
        return path;
    }

    string Configure(string router)
    {
        foreach (var (name, text) in new[] { ("seven", "Answer: 7"), ("eight", "Answer: 8"), ("nine", "Answer: 9"), ("judge", "Answer: 7") })
            TinyGguf.Saying(text).Save(_folder.Path, $"{name}.gguf");
        var path = _folder.File("orchestrator.yaml");
        File.WriteAllText(path, $$"""
            memory: { budget: 256MiB }
            engine: { threads: 1 }
            router:
              outcomes: outcomes.jsonl
              {{router}}
            experts:
              - { id: seven, file: seven.gguf, max_sequences: 1 }
              - { id: eight, file: eight.gguf, max_sequences: 1 }
              - { id: nine, file: nine.gguf, max_sequences: 1 }
              - { id: judge, file: judge.gguf, max_sequences: 1, purpose: aggregate }

            """);
        return path;
    }

    static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "orchestrator"), arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, await output, await error);
    }
}
