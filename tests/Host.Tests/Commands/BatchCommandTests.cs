using System.Diagnostics;
using System.Text.RegularExpressions;
using Orchestrator.TestKit;

namespace Orchestrator.Host.Tests.Commands;

/// <summary>The real executable over models of a few kilobytes.</summary>
public sealed class BatchCommandTests : IDisposable
{
    /// <summary>Progress of an ask stage that has answered 4 to 29 of 40 calls.</summary>
    static readonly Regex Begun = new(@"\] ask +(?:[4-9]|[12][0-9])/40", RegexOptions.NonBacktracking);

    readonly TemporaryFolder _folder = new();

    public BatchCommandTests()
    {
        TinyGguf.Saying("abcdef", ends: false, context: 8192).Save(_folder.Path, "endless.gguf");
        TinyGguf.Saying("xyz").Save(_folder.Path, "xyz.gguf");
        File.WriteAllText(_folder.File("pool.yaml"),
            """
            engine: { threads: 1 }
            memory: { budget: 64MiB }
            jobs: { folder: jobs, window: 4 }
            experts:
              - { id: endless, file: endless.gguf, max_sequences: 2 }
              - { id: xyz, file: xyz.gguf }
            """);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_File_WritesAnswersAndFailuresAndIsListed()
    {
        var requests = Write(BatchCalls.Line("good", "xyz"), BatchCalls.Line("long", "endless", new string('a', 9000)));

        var (code, output, error) = await RunAsync("batch", "run", requests, "--job", "mine");
        var (_, list, _) = await RunAsync("batch", "list");
        var (_, again, _) = await RunAsync("batch", "output", "mine");

        Assert.Equal(1, code);
        Assert.Contains("1 of 2 answered", output);
        Assert.Contains("2/2 items, 1 failed", error);
        var answers = await File.ReadAllTextAsync(_folder.File("requests.out.jsonl"));
        Assert.Contains("\"custom_id\":\"good\"", answers);
        Assert.Contains("context_length_exceeded", await File.ReadAllTextAsync(_folder.File("requests.errors.jsonl")));
        Assert.Contains("mine", list);
        Assert.Contains("completed", list);
        Assert.StartsWith(answers.TrimEnd(), again);
    }

    [Fact]
    public async Task Run_BadLines_NamesThemAllAndRunsNothing()
    {
        var requests = Write("not json", BatchCalls.Line("k", "nobody"));

        var (code, _, error) = await RunAsync("batch", "run", requests);

        Assert.Equal(2, code);
        Assert.Contains($"{requests}:1: invalid_json_line", error);
        Assert.Contains($"{requests}:2: model_not_found", error);
        Assert.False(File.Exists(_folder.File("requests.out.jsonl")));
    }

    [Theory]
    [InlineData("batch", "run", "nowhere.jsonl")]
    [InlineData("batch", "run", "pool.yaml", "--job", "../up")]
    [InlineData("batch", "run", "pool.yaml", "--job", "batch_0123", "--fresh")]
    [InlineData("batch", "output", "nothing")]
    public async Task Command_WrongArgument_IsOneMessage(params string[] arguments)
    {
        var (code, _, error) = await RunAsync(arguments);

        Assert.Contains(code, (int[])[1, 2]);
        Assert.NotEmpty(error);
        Assert.DoesNotContain("   at ", error);
    }

    [Theory]
    [InlineData("requests.jsonl", "e.jsonl")]
    [InlineData("o.jsonl", "./requests.jsonl")]
    [InlineData("linked/requests.jsonl", "e.jsonl")]
    [InlineData("o.jsonl", "linked/o.jsonl")]
    [InlineData("nowhere/o.jsonl", "e.jsonl")]
    [InlineData("o.jsonl", "linked")]
    public async Task Run_FilesThatCannotBeWrittenOrAreOne_AreRefusedBeforeAnythingRuns(string output, string errors)
    {
        var requests = Write(BatchCalls.Line("k", "xyz"));
        Directory.CreateSymbolicLink(_folder.File("linked"), _folder.Path);

        var (code, _, error) = await RunAsync("batch", "run", requests, "--out", output, "--errors", errors);

        Assert.Equal(2, code);
        Assert.Contains("--", error);
        Assert.Contains("\"k\"", await File.ReadAllTextAsync(requests));
        Assert.False(File.Exists(_folder.File("jobs/jobs.db")));
        Assert.Empty(Directory.GetFiles(_folder.Path, "*.part"));
    }

    [Fact]
    public async Task Run_WithoutFailures_LeavesAnErrorsFileThatItDidNotWrite()
    {
        var requests = Write(BatchCalls.Line("k", "xyz"));
        await File.WriteAllTextAsync(_folder.File("precious"), "mine");

        var (code, _, error) = await RunAsync("batch", "run", requests, "--errors", "precious");

        Assert.Equal(0, code);
        Assert.Equal("mine", await File.ReadAllTextAsync(_folder.File("precious")));
        Assert.Contains("precious", error);
    }

    [Fact]
    public async Task Run_Interrupted_SaysHowToGoOnAndGoesOn()
    {
        var requests = Write(Enumerable.Range(0, 40).Select(i => BatchCalls.Line($"k{i}", i < 8 ? "xyz" : "endless", fields: "\"max_tokens\":4000")));
        using var run = Start("batch", "run", requests);
        var output = run.StandardOutput.ReadToEndAsync();
        // Which counts are told depends on how busy the machine is.
        while (await run.StandardError.ReadLineAsync() is { } line && !Begun.IsMatch(line))
        {
        }

        using (Process.Start("kill", ["-INT", run.Id.ToString()])) { }
        var rest = await run.StandardError.ReadToEndAsync();
        await run.WaitForExitAsync();

        Assert.Equal(130, run.ExitCode);
        Assert.Contains("the same command goes on", rest);
        var before = await File.ReadAllLinesAsync(_folder.File("requests.out.jsonl"));
        Assert.InRange(before.Length, 1, 39);
        await output;

        var (code, _, _) = await RunAsync("batch", "run", requests);
        var after = await File.ReadAllLinesAsync(_folder.File("requests.out.jsonl"));
        Assert.Equal(0, code);
        Assert.Equal(40, after.Length);
        Assert.Subset(after.ToHashSet(), before.ToHashSet());
    }

    string Write(params IEnumerable<string> lines)
    {
        File.WriteAllLines(_folder.File("requests.jsonl"), lines);
        return _folder.File("requests.jsonl");
    }

    async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo(
        Path.Combine(AppContext.BaseDirectory, "orchestrator"), [.. arguments, "--config", _folder.File("pool.yaml")])
    {
        UseShellExecute = false,
        WorkingDirectory = _folder.Path,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
