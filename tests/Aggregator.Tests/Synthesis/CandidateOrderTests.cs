using System.Globalization;
using Orchestrator.Aggregator.Synthesis;

namespace Orchestrator.Aggregator.Tests.Synthesis;

public sealed class CandidateOrderTests
{
    [Fact]
    public void Shuffle_SameQuestion_SameOrder() =>
        Assert.Equal(CandidateOrder.Shuffle([1, 2, 3, 4], "why?"), CandidateOrder.Shuffle([1, 2, 3, 4], "why?"));

    [Fact]
    public void Shuffle_ManyQuestions_NoPlaceFavoursTheFirst()
    {
        int[] places = new int[3];
        foreach (int i in Enumerable.Range(0, 900))
            places[CandidateOrder.Shuffle([0, 1, 2], i.ToString(CultureInfo.InvariantCulture)).ToList().IndexOf(0)]++;

        // 300 each in the mean, standard deviation 14.
        Assert.All(places, count => Assert.InRange(count, 240, 360));
    }
}
