using System.CommandLine;
using Orchestrator.Host.Commands;
using Orchestrator.TestKit;

namespace Orchestrator.Host.Tests.Commands;

public sealed class TrainCommandTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    string Page => _folder.File("composition.html");

    string Choice => _folder.File("auto.json");

    [Fact]
    public async Task Composition_Outcomes_WritesAPageWithTheMap()
    {
        Assert.Equal(0, await RunAsync("composition", "--config", Config(), "--categories", "skill", "--out", Page));

        var page = await File.ReadAllTextAsync(Page);
        Assert.Contains("<td>adds</td>", page, StringComparison.Ordinal);
        Assert.Contains("</svg>", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--resident", "1KiB")]
    [InlineData("--resident", "much")]
    [InlineData("--resident", "0")]
    [InlineData("--active", "0.5")]
    [InlineData("--active", "5X")]
    [InlineData("--active", "")]
    [InlineData("--active", "1")]
    [InlineData("--found", "0")]
    [InlineData("--categories", "guessed")]
    [InlineData("--categories", "given")]
    [InlineData("--policy", "best")]
    [InlineData("--policy", "nobody")]
    public async Task Composition_WhatCannotBe_IsBadInputAndWritesNothing(string option, string value)
    {
        Assert.Equal(2, await RunAsync("composition", "--config", Config(), option, value, "--out", Page));
        Assert.False(File.Exists(Page));
    }

    [Theory]
    [InlineData("5M", 5e6)]
    [InlineData("1.5B", 1.5e9)]
    [InlineData("20k", 2e4)]
    [InlineData("7", 7)]
    public void Parameters_Written_AreRead(string text, double expected) => Assert.Equal(expected, TrainingInput.Parameters(text));

    [Fact]
    public async Task Auto_Outcomes_WritesTheChoice()
    {
        Assert.Equal(0, await RunAsync("auto", "--config", Config()));

        Assert.Contains("\"heldOut\"", await File.ReadAllTextAsync(Choice), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Auto_NoOutcomes_IsBadInput()
    {
        var config = Config();
        File.Delete(_folder.File("outcomes.jsonl"));

        Assert.Equal(2, await RunAsync("auto", "--config", config));
    }

    public void Dispose() => _folder.Dispose();

    static Task<int> RunAsync(params string[] arguments) => CommandRunner.RunAsync(new RootCommand { TrainCommand.Create() }, ["train", .. arguments]);

    string Config()
    {
        File.WriteAllBytes(_folder.File("model.gguf"), TinyGguf.Saying("fine").ToBytes());
        File.WriteAllLines(_folder.File("outcomes.jsonl"),
        [
            """{"version":1,"source":"made","experts":["x","y"]}""",
            .. Enumerable.Range(0, 40).Select(i => i % 2 == 0
                ? $$"""{"id":"q{{i}}","question":"Add {{i}} and 1.","skills":["adds"],"scores":[1,0],"tokens":[1,1]}"""
                : $$"""{"id":"q{{i}}","question":"Spell the word n{{i}}x.","skills":["spells"],"scores":[0,1],"tokens":[1,1]}"""),
        ]);
        File.WriteAllText(_folder.File("orchestrator.yaml"), """
            router:
              outcomes: outcomes.jsonl
              auto: auto.json
            policies:
              auto:
                strategy: auto
              best:
                strategy: best-single
            experts:
              - id: x
                file: model.gguf
              - id: y
                file: model.gguf
            """);
        return _folder.File("orchestrator.yaml");
    }
}
