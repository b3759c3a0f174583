using System.CommandLine;
using Orchestrator.Host.Commands;
using Orchestrator.Router.Pilots;
using Orchestrator.TestKit;

namespace Orchestrator.Host.Tests.Commands;

public sealed class RetrievalCommandTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    string Pilots => _folder.File("pilots.json");

    public RetrievalCommandTests()
    {
        Directory.CreateDirectory(_folder.File("data/air"));
        File.WriteAllText(_folder.File("data/air/corpus.jsonl"), "{\"_id\":\"a\",\"text\":\"The lift of swept wings in hypersonic flow.\"}\n");
        File.WriteAllText(_folder.File("data/air/queries.jsonl"), "{\"_id\":\"1\",\"text\":\"lift\"}\n");
        File.WriteAllText(_folder.File("data/air/qrels.tsv"), "1\ta\t1\n");
        File.WriteAllText(_folder.File("config.yaml"), "experts:\n  - id: base\n    purpose: embed\n    file: base.gguf\n");
        PilotFile.Write(Pilots, new PilotLibrary("base@0123", "base", [new Pilot("air", "air-expert", [1, 0], 3), new Pilot("law", "law-expert", [0, 1], 2)]));
    }

    [Fact]
    public async Task TrainPilots_Remove_TakesOutThatExpertAloneAndNeedsNoCollections()
    {
        Assert.Equal(0, await TrainAsync("--remove", "air-expert"));

        Assert.Equal("law-expert", Assert.Single(PilotFile.Read(Pilots).Pilots).Expert);
    }

    [Theory]
    [InlineData("--remove", "nobody")]
    [InlineData("--add", "new-expert")]
    [InlineData("--floor", "high")]
    [InlineData("--floor", "2")]
    [InlineData("--clusters", "0")]
    [InlineData("--queries", "0")]
    [InlineData("--only", "nowhere")]
    [InlineData("--labels", "colour")]
    [InlineData("--written", "nothing")]
    public async Task TrainPilots_WhatCannotBe_IsBadInputAndLeavesTheLibrary(string option, string value)
    {
        var before = await File.ReadAllTextAsync(Pilots);

        Assert.Equal(2, await TrainAsync("--collections", _folder.File("data"), option, value));

        Assert.Equal(before, await File.ReadAllTextAsync(Pilots));
    }

    [Fact]
    public async Task TrainPilots_NoCollections_IsBadInput() => Assert.Equal(2, await TrainAsync());

    [Theory]
    [InlineData("--pilots", "nowhere.json")]
    [InlineData("--collections", "nowhere")]
    [InlineData("--excluded", "air")]
    [InlineData("--excluded", "law=pairs.tsv")]
    [InlineData("--rule", "median")]
    [InlineData("--only", "law")]
    public async Task EvalRetrieval_WhatCannotBe_IsBadInput(string option, string value) => Assert.Equal(2, await EvaluateAsync(option, value));

    [Fact]
    public async Task EvalRetrieval_PilotsOfAnotherSpace_IsBadInput() => Assert.Equal(2, await EvaluateAsync());

    public void Dispose() => _folder.Dispose();

    Task<int> TrainAsync(params string[] arguments) => CommandRunner.RunAsync(
        new RootCommand { TrainCommand.Create() }, ["train", "pilots", "--config", _folder.File("config.yaml"), "--out", Pilots, .. arguments]);

    Task<int> EvaluateAsync(params string[] arguments)
    {
        (string Name, string Value)[] plain = [("--collections", _folder.File("data")), ("--pilots", Pilots), ("--config", _folder.File("config.yaml"))];
        return CommandRunner.RunAsync(new RootCommand { EvalRetrievalCommand.Create() },
            ["eval-retrieval", .. plain.Where(option => !arguments.Contains(option.Name)).SelectMany(option => new[] { option.Name, option.Value }), .. arguments]);
    }
}
