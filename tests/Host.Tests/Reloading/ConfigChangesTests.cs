using Orchestrator.Experts.Configuration;
using Orchestrator.Host.Reloading;

namespace Orchestrator.Host.Tests.Reloading;

public sealed class ConfigChangesTests
{
    static readonly PolicyConfig Plain = Policy(("k", "3"), ("seed", "1"));

    public static TheoryData<string, bool> Others => new()
    {
        { "as it is", false },
        { "on another line", false },
        { "options in another order", false },
        { "another option's value", true },
        { "one option less", true },
        { "another option instead", true },
        { "another strategy", true },
        { "a panel", true },
        { "a quality weight", true },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public void Between_PolicyThatIs_IsChangedOrNot(string what, bool changed)
    {
        var other = what switch
        {
            "as it is" => Policy(("k", "3"), ("seed", "1")),
            "on another line" => Plain with { Line = 9 },
            "options in another order" => Policy(("seed", "1"), ("k", "3")),
            "another option's value" => Policy(("k", "4"), ("seed", "1")),
            "one option less" => Policy(("k", "3")),
            "another option instead" => Policy(("k", "3"), ("sharpness", "1")),
            "another strategy" => Plain with { Strategy = "ridge" },
            "a panel" => Plain with { Panel = 2 },
            _ => Plain with { QualityWeight = 0.5 },
        };

        var policies = ConfigChanges.Between(With(Plain), With(other)).Policies;

        Assert.Equal(changed ? ["auto"] : [], policies.Changed);
        Assert.Empty(policies.Added);
        Assert.Empty(policies.Removed);
    }

    [Fact]
    public void Applicable_OtherEmbedder_WaitsForARestartAndTheRestOfItsSectionDoesNot()
    {
        var before = With(Plain);
        var after = before with { Router = new RouterConfig { Outcomes = "/o", Embedder = new EmbedderConfig { File = "/e.gguf" } } };

        var changes = ConfigChanges.Between(before, after);

        Assert.Equal(["router.outcomes"], changes.Settings);
        Assert.Equal(["router.embedder"], changes.NeedsRestart);
        Assert.Equal(("/o", before.Router.Embedder), (ConfigChanges.Applicable(before, after).Router.Outcomes, ConfigChanges.Applicable(before, after).Router.Embedder));
    }

    [Fact]
    public void Applicable_Retrieval_RoutesAnewAndKeepsItsCollections()
    {
        var before = With(Plain);
        var after = before with { Retrieval = new RetrievalConfig { Pilots = "/p", Floor = 0.5, Collections = "/c", ApproximateFrom = 7 } };

        var changes = ConfigChanges.Between(before, after);

        Assert.Equal(["retrieval.pilots", "retrieval.floor"], changes.Settings);
        Assert.Equal(["retrieval.collections", "retrieval.approximate_from"], changes.NeedsRestart);
        Assert.Equal(("/p", null), (ConfigChanges.Applicable(before, after).Retrieval.Pilots, ConfigChanges.Applicable(before, after).Retrieval.Collections));
    }

    static PolicyConfig Policy(params (string Name, string Value)[] options) =>
        new("auto", "nearest", options.ToDictionary(option => option.Name, option => option.Value), 1);

    static OrchestratorConfig With(PolicyConfig policy) => new() { Path = "", Policies = [policy], Experts = [] };
}
