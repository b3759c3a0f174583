using Orchestrator.Experts.Configuration;
using Orchestrator.Router.Pilots;

namespace Orchestrator.Router.Tests.Pilots;

public sealed class PilotLibraryTests
{
    static readonly PilotOptions Mean = new() { Rule = PilotRule.Mean }, Nearest = new() { Rule = PilotRule.Nearest };
    static readonly string[] All = ["base", "law", "med"];

    static PilotLibrary Library(params Pilot[] pilots) => new("base@0123", "base", pilots);

    static Pilot At(string expert, double degrees, string domain = "d", int queries = 1) =>
        new(domain, expert, Direction(degrees), queries);

    static float[] Direction(double degrees) => [(float)Math.Cos(degrees * Math.PI / 180), (float)Math.Sin(degrees * Math.PI / 180)];

    [Fact]
    public void Route_RulesDisagree_MeanTakesTheAverageAndNearestTheClosest()
    {
        PilotLibrary library = Library(At("law", 0), At("law", 120), At("med", 20), At("med", 30));

        EmbeddingRoute mean = library.Route(Direction(0), Mean, All), nearest = library.Route(Direction(0), Nearest, All);

        Assert.Equal("med", mean.Expert);
        Assert.Equal("law", nearest.Expert);
        Assert.Equal((Math.Cos(Math.PI / 9) + Math.Cos(Math.PI / 6)) / 2, mean.Ranking[0].Score, 5);
        Assert.Equal(0.25, mean.Ranking[1].Score, 5);
        Assert.False(mean.Fallback);
        Assert.StartsWith("med embeds the query", mean.Reasons[0], StringComparison.Ordinal);
        Assert.StartsWith("law embeds the query", nearest.Reasons[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Route_LongQuery_ComparesDirectionsOnly()
    {
        PilotLibrary library = Library(At("law", 0), At("med", 90));

        Assert.Equal(1, library.Route([500, 0], Nearest, All).Similarity, 5);
    }

    [Theory]
    [InlineData(PilotRule.Mean)]
    [InlineData(PilotRule.Nearest)]
    public void Route_EquallyNear_GoesToWhoWasAddedLast(PilotRule rule)
    {
        PilotLibrary library = Library(At("base", 0), At("law", 0));

        Assert.Equal("law", library.Route(Direction(0), new PilotOptions { Rule = rule }, All).Expert);
        Assert.Equal("med", library.With("med", [At("med", 0)]).Route(Direction(0), new PilotOptions { Rule = rule }, All).Expert);
        Assert.Equal("base", library.With("base", [At("base", 0)]).Route(Direction(0), new PilotOptions { Rule = rule }, All).Expert);
    }

    [Fact]
    public void Route_BelowFloor_FallsBackToTheBaseAndSaysSo()
    {
        PilotLibrary library = Library(At("law", 0, "statutes"), At("med", 90));

        EmbeddingRoute route = library.Route(Direction(-40), Nearest with { Floor = 0.9 }, All);

        Assert.Equal("base", route.Expert);
        Assert.True(route.Fallback);
        Assert.Equal("statutes", route.Domain);
        Assert.Equal(Math.Cos(40 * Math.PI / 180), route.Similarity, 5);
        Assert.Equal("The base base embeds the query: law's nearest pilot, of statutes at cosine 0.77, is below the floor of 0.90.", route.Reasons[0]);
        Assert.Equal("law", library.Route(Direction(-20), Nearest with { Floor = 0.9 }, All).Expert);
    }

    [Fact]
    public void Route_OwnFloor_HoldsUnlessAnotherIsGiven()
    {
        var library = new PilotLibrary("base@0123", "base", [At("law", 0)]) { Floor = 0.9 };

        Assert.True(library.Route(Direction(40), Mean, All).Fallback);
        Assert.False(library.Route(Direction(40), Mean with { Floor = 0.5 }, All).Fallback);
        Assert.True(library.With("med", [At("med", 90)]).Route(Direction(-40), Mean, All).Fallback);
    }

    [Fact]
    public void Route_WinnerNotAvailable_BaseAnswersForItAndOthersKeepTheirQueries()
    {
        PilotLibrary library = Library(At("law", 0), At("med", 90));

        EmbeddingRoute gone = library.Route(Direction(10), Nearest, ["base", "med"]);

        Assert.Equal("base", gone.Expert);
        Assert.True(gone.Fallback);
        Assert.Contains("not available", gone.Reasons[0], StringComparison.Ordinal);
        Assert.Equal("med", library.Route(Direction(80), Nearest, ["base", "med"]).Expert);
    }

    [Fact]
    public void Route_NoPilots_IsTheBase()
    {
        EmbeddingRoute route = Library().Route(Direction(10), Mean, All);

        Assert.Equal("base", route.Expert);
        Assert.True(route.Fallback);
        Assert.Null(route.Domain);
        Assert.Single(route.Reasons);
    }

    [Theory]
    [InlineData(0f, 0f)]
    [InlineData(float.NaN, 1f)]
    [InlineData(float.PositiveInfinity, 1f)]
    public void Route_NoDirection_IsTheBase(float x, float y)
    {
        EmbeddingRoute route = Library(At("law", 0)).Route([x, y], Mean, All);

        Assert.Equal("base", route.Expert);
        Assert.True(route.Fallback);
        Assert.Contains("no direction", route.Reasons[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Route_OtherDimensions_NamesBoth()
    {
        var failure = Assert.Throws<ArgumentException>(() => Library(At("law", 0)).Route([1, 0, 0], Mean, All));

        Assert.Contains("3 dimensions, the pilots 2", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void With_Expert_ReplacesItsPilotsAndKeepsTheVeryOthers()
    {
        PilotLibrary before = Library(At("law", 0), At("med", 90), At("law", 10));

        PilotLibrary after = before.With("law", [At("law", 50)]), added = before.With("new", [At("new", 45)]);

        Assert.Same(before.Pilots[1], Assert.Single(after.Pilots, pilot => pilot.Expert == "med"));
        Assert.Equal(Direction(50), Assert.Single(after.Pilots, pilot => pilot.Expert == "law").Vector);
        Assert.All(before.Pilots.Zip(added.Pilots), pair => Assert.Same(pair.First, pair.Second));
        Assert.Equal("new", added.Route(Direction(44), Nearest, [.. All, "new"]).Expert);
    }

    [Fact]
    public void Without_Expert_LeavesTheVeryOthers()
    {
        PilotLibrary before = Library(At("law", 0), At("med", 90), At("law", 10));

        PilotLibrary after = before.Without("law");

        Assert.Same(before.Pilots[1], Assert.Single(after.Pilots));
        Assert.Equal(["med"], after.Experts);
    }

    [Fact]
    public void With_PilotOfAnother_IsRefused() =>
        Assert.Throws<ArgumentException>(() => Library().With("law", [At("med", 0)]));

    [Fact]
    public void Constructor_BadPilots_NamesAll()
    {
        var failure = Assert.Throws<ArgumentException>(() => Library(
            At("law", 0), new Pilot("", "", [1, 0], 0), new Pilot("d", "law", [1, 0, 0], 1), new Pilot("d", "law", [2, 0], 1), new Pilot("d", "law", [float.NaN, 0], 1)));

        foreach (string problem in (string[])["pilot 2 has no domain", "pilot 2 has no expert", "pilot 2 stands for 0", "pilot 3 has 3 dimensions", "pilot 4 has length 2", "pilot 5 has length NaN"])
            Assert.Contains(problem, failure.Message, StringComparison.Ordinal);
    }
}
