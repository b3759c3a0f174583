using System.Diagnostics;
using Orchestrator.TestKit;

namespace Orchestrator.Host.Tests.Commands;

/// <summary>The real executable on the zoo, with a folder of its own for jobs.</summary>
public sealed class EvalCommandTests : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("eval");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Eval_FewQuestions_WritesResultAndReportsThatCompare()
    {
        var (code, output, error) = await RunAsync(
            "eval", Test, "--limit", "6", "--policy", "auto", "--policy", "best", "--no-baselines", "--out", At("out"));

        Assert.True(code == 0, error);
        Assert.Contains(At("out/result.jsonl"), output);
        Assert.Equal(7, File.ReadLines(At("out/result.jsonl")).Count());
        Assert.Contains("## Score of auto", File.ReadAllText(At("out/report.md")));
        Assert.Contains("</html>", File.ReadAllText(At("out/report.html")));
        Assert.Contains("[2/2] best", error);

        var (compared, table, _) = await RunAsync("eval", "compare", At("out"), At("out/result.jsonl"), "--b", "best");
        Assert.Equal(0, compared);
        Assert.Contains("B: best", table);
        Assert.Contains("all questions", table);
    }

    [Fact]
    public async Task Eval_BadLines_ListsThemAll()
    {
        var file = Questions("""{"id":"1","question":"?","reference":"(","grader":"regex"}""", "not json");

        await FailsAsync(["eval", file], "line 1: the reference is not a pattern", "line 2: ");
    }

    [Fact]
    public async Task Eval_UnknownNames_AreNamedBeforeAnythingRuns() => await FailsAsync(
        ["eval", Test, "--policy", "bset", "--judge", "nobody", "--generalist", "noone"],
        "No policy is called 'bset'", "The judge 'nobody'", "The generalist 'noone'");

    [Fact]
    public async Task Eval_ProfiledQuestions_AreRefused() => await FailsAsync(
        ["eval", Path.Combine(Repository.Root, "models/data/validation.jsonl"), "--out", At("out")],
        "1500 of the 1500 questions are in the profile", "--profiled exclude");

    [Fact]
    public async Task Eval_JudgedQuestionWithoutJudge_AsksForOne() => await FailsAsync(
        ["eval", Questions("""{"id":"1","question":"Why?","reference":"So.","grader":"judge"}""")], "'1' has the grader 'judge'", "--judge");

    [Fact]
    public async Task Eval_FolderThatCannotBeWritten_IsNamed()
    {
        var file = Questions("""{"id":"1","question":"Why?","reference":"So."}""");

        await FailsAsync(["eval", file, "--out", file], "The results cannot be written to", file, "it is a file, and --out wants a folder");
    }

    [Fact]
    public async Task Eval_FolderOfQuestions_IsNamed() =>
        await FailsAsync(["eval", _folder.FullName], $"{_folder.FullName} is a folder; eval wants a file of labelled questions.");

    [Theory]
    [InlineData("--temperature", "0")]
    [InlineData("--temperature", "2.1")]
    [InlineData("--temperature", "warm")]
    [InlineData("--limit", "0")]
    [InlineData("--max-samples", "1")]
    [InlineData("--max-tokens", "x")]
    [InlineData("--profiled", "perhaps")]
    public async Task Eval_OptionOutOfRange_IsNamed(string option, string value) => await FailsAsync(["eval", Test, option, value], option, value);

    [Fact]
    public async Task Compare_NoResult_SaysWhatItIs()
    {
        await FailsAsync(["eval", "compare", Test, Test], "test.jsonl, line 1: not the JSON of an evaluation's result");
        await FailsAsync(["eval", "compare", At("missing"), Test], "missing");
    }

    static string Test => Path.Combine(Repository.Root, "models/data/test.jsonl");

    string At(string name) => Path.Combine(_folder.FullName, name);

    string Questions(params string[] lines)
    {
        File.WriteAllLines(At("questions.jsonl"), lines);
        return At("questions.jsonl");
    }

    async Task FailsAsync(string[] arguments, params string[] expected)
    {
        var (code, output, error) = await RunAsync(arguments);

        Assert.Equal(2, code);
        Assert.All(expected, text => Assert.Contains(text, output + error));
        Assert.DoesNotContain("   at ", error);
        Assert.Empty(Directory.GetDirectories(_folder.FullName, "eval-*"));
    }

    async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "orchestrator"))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = _folder.FullName,
            Environment = { ["XDG_STATE_HOME"] = At("state"), ["ORCHESTRATOR_CONFIG"] = Path.Combine(Repository.Root, "configs/orchestrator.yaml") },
        };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, await output, await error);
    }
}
