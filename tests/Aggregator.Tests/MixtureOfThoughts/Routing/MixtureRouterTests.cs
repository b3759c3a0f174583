using Orchestrator.Aggregator.MixtureOfThoughts.Layers;
using Orchestrator.Aggregator.MixtureOfThoughts.Routing;
using Orchestrator.Aggregator.Tests.MixtureOfThoughts.Attention;
using Orchestrator.TestKit;

namespace Orchestrator.Aggregator.Tests.MixtureOfThoughts.Routing;

public sealed class MixtureRouterTests
{
    static readonly HashSet<string> All = ["arith", "price", "roman"];

    [Fact]
    public void Choose_ByTheTextsFeatures_FollowsTheFormulas()
    {
        MixtureLayers layers = new TinyMixture { Seed = 3 }.Layers();
        RouterWeights weights = layers.Router;
        const string Text = "What do 3 lamps cost?";
        double[] features = [.. PromptFeatures.Of(Text, 64).Select(f => (double)f)];
        double[] hidden = [.. Plus(NaiveMixture.Times(weights.Hidden, features), weights.HiddenBias).Select(h => Math.Max(h, 0))];
        double[] odds = [.. Plus(NaiveMixture.Times(weights.Primary, hidden), weights.PrimaryBias).Select(Math.Exp)];

        MixtureChoice choice = new MixtureRouter(layers).Choose(Text, All);

        Assert.Equal(odds[0] / odds.Sum(), choice.Probabilities["arith"], 5);
        Assert.Equal(odds[2] / odds.Sum(), choice.Probabilities["roman"], 5);
        Assert.Equal(odds[3] / odds.Sum(), choice.None, 5);
        Assert.NotEqual(choice.Probabilities["arith"], new MixtureRouter(layers).Choose("Write 14 in roman numerals.", All).Probabilities["arith"]);
    }

    [Fact]
    public void Choose_PrimaryWithTwoPeers_WeighsThemBySoftmaxOverTheChosen()
    {
        MixtureChoice choice = Choose([3, 0, 0, 1], [9, 1, 2]);

        Assert.Equal("arith", choice.Primary);
        Assert.Equal(["roman", "price"], choice.Peers.Select(peer => peer.Id));
        Assert.Equal(Math.E / (Math.E + 1), choice.Peers[0].Weight, 6);
        Assert.Equal(1, choice.Peers.Sum(peer => peer.Weight), 12);
        Assert.StartsWith("'arith' speaks (probability 0.81) and listens to 'roman' (weight 0.73), 'price' (weight 0.27)", choice.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Choose_OnlyOneOfTheTopPeers_HasWeightOne()
    {
        MixtureChoice choice = Choose([3, 0, 0, 1], [9, 1, 2], topPeers: 1);

        Assert.Equal([new WeightedPeer("roman", 1)], choice.Peers);
    }

    [Fact]
    public void Choose_NoneIsLikeliest_MixesNothing()
    {
        MixtureChoice choice = Choose([1, 0, 0, 3], [0, 1, 2]);

        Assert.Null(choice.Primary);
        Assert.Empty(choice.Peers);
        Assert.Equal("the router sees no need for a mixture (probability 0.81)", choice.Reason);
        Assert.Equal(1, choice.None + choice.Probabilities.Values.Sum(), 12);
    }

    [Fact]
    public void Choose_PrimaryNotAvailable_IsNotReplaced()
    {
        MixtureChoice choice = Choose([3, 0, 0, 1], [0, 1, 2], available: ["price", "roman"]);

        Assert.Null(choice.Primary);
        Assert.EndsWith("but it is not available", choice.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Choose_PrimaryNeverTrainedAsOne_MixesNothing()
    {
        MixtureChoice choice = Choose([0, 3, 0, 1], [0, 1, 2]);

        Assert.Null(choice.Primary);
        Assert.Equal("'price' would speak (probability 0.81), but it was trained to listen to nobody", choice.Reason);
    }

    [Fact]
    public void Choose_OnePeerNotAvailable_HearsTheOther()
    {
        MixtureChoice choice = Choose([3, 0, 0, 1], [0, 1, 2], available: ["arith", "price"]);

        Assert.Equal([new WeightedPeer("price", 1)], choice.Peers);
        Assert.EndsWith("'roman' would be heard too, but is not available", choice.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Choose_OnlyWantedPeerNotAvailable_IsNotReplaced()
    {
        MixtureChoice choice = Choose([3, 0, 0, 1], [0, 1, 2], available: ["arith", "price"], topPeers: 1);

        Assert.Null(choice.Primary);
        Assert.EndsWith("listen to 'roman', but it is not available", choice.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Choose_PairNeverTrained_IsPassedOver()
    {
        var mixture = new TinyMixture { Pairs = ["arith<price", "price<roman"], Router = ([3, 0, 0, 1], [0, 1, 2]) };

        Assert.Equal([new WeightedPeer("price", 1)], new MixtureRouter(mixture.Layers()).Choose("a", All).Peers);
    }

    static MixtureChoice Choose(float[] primary, float[] peer, string[]? available = null, int topPeers = 2) =>
        new MixtureRouter(new TinyMixture { Router = (primary, peer), TopPeers = topPeers }.Layers())
            .Choose("What do 3 lamps cost?", available?.ToHashSet() ?? All);

    static IEnumerable<double> Plus(double[] x, float[] bias) => x.Zip(bias, (value, b) => value + b);
}
