using Orchestrator.Jobs.Retrieval.Choosing;
using Orchestrator.Router.Pilots.Training;

namespace Orchestrator.Jobs.Tests.Retrieval.Choosing;

public sealed class NearestSamplesTests
{
    static readonly PilotSample[] Samples =
        [new("d", [1, 0], [0, 1]), new("d", [0.9f, 0.1f], [0, 0.8]), new("d", [0, 1], [1, 0]), new("d", [0.1f, 0.9f], [0.9, 0])];

    [Fact]
    public void Choose_Query_TakesTheBestOfItsNeighbours()
    {
        var nearest = new NearestSamples(["base", "law"], Samples, 2);

        Assert.Equal("law", nearest.Choose([2, 0]));
        Assert.Equal("base", nearest.Choose([0, 1]));
        Assert.Equal("base", new NearestSamples(["base", "law"], Samples, 4).Choose([1, 0]));
    }

    [Fact]
    public void Fit_FewSamples_TakesTheNumberThatChoosesBestWithoutThem()
    {
        PilotSample[] samples = [.. Enumerable.Range(0, 6).Select(_ => new PilotSample("d", [1, 0], [0, 1])), .. Enumerable.Range(0, 6).Select(_ => new PilotSample("d", [0, 1], [0.9, 0]))];

        Assert.Equal(4, NearestSamples.Fit(["base", "law"], samples).Neighbours);
    }
}
