using System.CommandLine;
using Orchestrator.Host.Commands;
using Orchestrator.TestKit;

namespace Orchestrator.Host.Tests.Commands;

public sealed class EvalRouterCommandTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    string Out => _folder.File("report.md");

    string Page => _folder.File("report.html");

    [Fact]
    public async Task Run_Outcomes_WritesReportAndPage()
    {
        var code = await RunAsync("--outcomes", Data(), "--strategies", "best-single,nearest", "--out", Out);

        Assert.Equal(0, code);
        Assert.Contains("| nearest |", await File.ReadAllTextAsync(Out), StringComparison.Ordinal);
        Assert.Contains("</svg>", await File.ReadAllTextAsync(Page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_TwoFiles_TrainsOnOneAndTestsOnTheOther()
    {
        var code = await RunAsync("--train", Data(), "--test", Data(), "--strategies", "nearest", "--out", Out);

        Assert.Equal(0, code);
        Assert.Contains("8 questions to train on, 8 to test on", await File.ReadAllTextAsync(Out), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--split", "half")]
    [InlineData("--strategies", "cleverest")]
    [InlineData("--experts", "nobody")]
    [InlineData("--try", "nearest=1")]
    [InlineData("--try", "nearest.neighbours=-1")]
    [InlineData("--embedder", "best")]
    [InlineData("--label", "colour")]
    [InlineData("--train", "other.jsonl")]
    [InlineData("--config", "/nowhere.yaml")]
    public async Task Run_WrongOption_IsBadInputAndWritesNothing(string option, string value)
    {
        Assert.Equal(2, await RunAsync("--outcomes", Data(), option, value, "--out", Out));
        Assert.False(File.Exists(Out));
    }

    [Fact]
    public async Task Run_SplitOfTwoFiles_IsBadInput() =>
        Assert.Equal(2, await RunAsync("--train", Data(), "--test", Data(), "--split", "hash"));

    [Fact]
    public async Task Run_PageAsReport_IsBadInput() => Assert.Equal(2, await RunAsync("--outcomes", Data(), "--out", Page));

    public void Dispose() => _folder.Dispose();

    static Task<int> RunAsync(params string[] arguments) => CommandRunner.RunAsync(new RootCommand { EvalRouterCommand.Create() }, ["eval-router", .. arguments]);

    string Data()
    {
        string path = _folder.File("outcomes.jsonl");
        File.WriteAllLines(path, Enumerable.Range(0, 8).Select(i =>
            $$$"""{"id":"q{{{i}}}","query":"Question {{{i}}}?","split":"{{{(i < 4 ? "train" : "test")}}}","scores":{"x":{{{i % 2}}},"y":1}}"""));
        return path;
    }
}
