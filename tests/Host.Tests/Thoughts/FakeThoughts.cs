using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Orchestrator.LlamaCpp.Generation;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Experts;

namespace Orchestrator.Host.Tests.Thoughts;

/// <summary>
/// A service whose policy <c>mot</c> has <c>adder</c> hear <c>pricer</c>, by layers of random weights, and over experts that show
/// their taps rows without any model.
/// </summary>
sealed class FakeThoughts : IDisposable
{
    /// <summary>Numbers of one row of a model that only says a text.</summary>
    const int Width = 128;

    /// <summary>Tokens that every expert reads.</summary>
    const int Tokens = 5;

    static readonly string Hash = Convert.ToHexStringLower(SHA256.HashData(TinyGguf.Saying("fine").ToBytes()));

    readonly TemporaryFolder _folder = new();

    public FakeThoughts() => Layers = new TinyMixture
    {
        Experts = [new("adder", Width, 1, Hash), new("pricer", Width, 1, Hash)],
        Pairs = ["adder<pricer"],
        TopPeers = 1,
        // Whatever is asked, the first speaks and the second is heard.
        Router = ([9, 0, 0], [0, 9]),
    }.Save(_folder.Path);

    /// <summary>The file of layers.</summary>
    public string Layers { get; }

    public void Dispose() => _folder.Dispose();

    public string Yaml(string thoughts = "1MiB", string pricer = ", latent_tap: true", string policy = "") => $$"""
        server: { watch_config: false }
        memory: { budget: 64MiB, thoughts: {{thoughts}} }
        router: { mixture: {{Layers}} }
        policies: { mot: { strategy: nearest, aggregator: mixture-of-thoughts{{policy}} } }
        experts:
          - { id: adder, file: model.gguf, latent_tap: true }
          - { id: pricer, file: twin.gguf{{pricer}} }
          - { id: words, file: model.gguf }
        """;

    public Task<FakeService> StartAsync(FakeModelLoader? loader = null, string? yaml = null) =>
        FakeService.StartOnAsync(yaml ?? Yaml(), loader ?? new FakeModelLoader { Generation = Think });

    /// <summary>Says its id, after its tap has seen zeros.</summary>
    public static async IAsyncEnumerable<GenerationChunk> Think(
        string expert, GenerationRequest request, CancellationToken closed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (int depth in request.Tap?.Depths ?? [])
            request.Tap!.Visit(depth, 0, new float[Tokens * Width]);
        yield return new GenerationChunk(expert);
        yield return new GenerationChunk("", FinishReason.Stop, new TokenUsage(Tokens, 1));
    }
}
