using Orchestrator.Aggregator.MixtureOfThoughts.Attention;
using Orchestrator.Aggregator.MixtureOfThoughts.Files;
using Orchestrator.Aggregator.MixtureOfThoughts.Layers;
using Orchestrator.TestKit;

namespace Orchestrator.Aggregator.Tests.MixtureOfThoughts;

/// <summary>Layers and states made for one test.</summary>
static class Mixtures
{
    public static MixtureLayers Layers(this TinyMixture mixture) => mixture.ToGguf().Layers();

    public static MixtureLayers Layers(this TinyGguf file)
    {
        using var folder = new TemporaryFolder();
        return MixtureFile.Read(file.Save(folder.Path));
    }

    public static float[] Rows(int seed, int tokens, int width)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, tokens * width).Select(_ => (float)((random.NextDouble() * 4) - 2))];
    }

    /// <summary>A peer that thought these rows, at every depth that is read.</summary>
    public static PeerMemory Memory(this MixtureLayers layers, string peer, float[] rows)
    {
        StateRecorder recorder = PeerMemory.Recorder(layers, peer);
        foreach (int depth in recorder.Depths)
            recorder.Visit(depth, 0, rows);
        return PeerMemory.Of(recorder);
    }

    public static LatentMemory TwoPeers(this MixtureLayers layers, int tokens = 9) => new(
        (layers.Memory("price", Rows(11, tokens, layers.Expert("price").Width)), 0.7),
        (layers.Memory("roman", Rows(12, tokens + 3, layers.Expert("roman").Width)), 0.3));
}
