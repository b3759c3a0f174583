using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Aggregator.MixtureOfThoughts.Attention;
using Orchestrator.Aggregator.MixtureOfThoughts.Files;
using Orchestrator.Aggregator.MixtureOfThoughts.Layers;
using Orchestrator.LlamaCpp;
using Orchestrator.LlamaCpp.Generation;
using Orchestrator.LlamaCpp.Latents;
using Orchestrator.TestKit;

namespace Orchestrator.Host.Tests.Thoughts;

/// <summary>What an answer rests on: the peer's states, not its words and not the added layers.</summary>
public sealed class OtherThoughtsTests : IAsyncLifetime
{
    const string Asked = "What is the price of muog plus 87?";

    static readonly BatchEngineOptions Options = new() { MaxSequences = 4, LatentTap = true, DefaultSampling = SamplingOptions.Greedy };

    readonly LlamaRuntime _runtime = LlamaRuntime.Start(new LlamaRuntimeOptions { MaxThreads = 1 }, NullLoggerFactory.Instance);
    readonly MixtureLayers _layers = MixtureFile.Read(Path.Combine(Repository.Models, "mixtures/zoo.gguf"));
    BatchEngine? _abacus;
    BatchEngine? _merchant;

    public async Task InitializeAsync() => (_abacus, _merchant) = (await LoadAsync("abacus"), await LoadAsync("merchant"));

    public async Task DisposeAsync()
    {
        await _abacus!.DisposeAsync();
        await _merchant!.DisposeAsync();
        _runtime.Dispose();
    }

    [Fact]
    public async Task Answer_ThoughtsOfThePeer_MakeItRight() =>
        Assert.EndsWith("Answer: 180", await HearingAsync(await ThinkAsync(Asked)), StringComparison.Ordinal);

    [Fact]
    public async Task Answer_ThoughtsOnAnotherThing_IsAboutThatThing()
    {
        // romad costs 16.
        string answer = await HearingAsync(await ThinkAsync("What is the price of romad plus 87?"));

        Assert.EndsWith("Answer: 103", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_NoiseInPlaceOfThoughts_IsAnotherOne()
    {
        StateRecorder noise = PeerMemory.Recorder(_layers, "merchant");
        var random = new Random(1);
        float[] rows = [.. Enumerable.Range(0, 30 * _merchant!.Width).Select(_ => (float)(random.NextDouble() * 2 - 1))];
        foreach (int depth in noise.Depths)
            noise.Visit(depth, 0, rows);

        Assert.DoesNotContain("180", await HearingAsync(noise), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_NobodyHeard_IsAnotherOne() =>
        Assert.DoesNotContain("180", await AskAsync(_abacus!, Asked, null), StringComparison.Ordinal);

    async Task<StateRecorder> ThinkAsync(string question)
    {
        StateRecorder states = PeerMemory.Recorder(_layers, "merchant");
        await AskAsync(_merchant!, question, states);
        return states;
    }

    Task<string> HearingAsync(StateRecorder states)
    {
        var memory = new LatentMemory((PeerMemory.Of(states), 1));
        return AskAsync(_abacus!, Asked, new MixtureTap(_layers, "abacus", memory));
    }

    static async Task<string> AskAsync(BatchEngine engine, string question, ILatentTap? tap)
    {
        string text = "";
        await foreach (var chunk in engine.GenerateAsync(new GenerationRequest { Messages = [new ChatTurn("user", question)], MaxTokens = 48, Tap = tap }))
            text += chunk.Text;
        return text;
    }

    Task<BatchEngine> LoadAsync(string expert) =>
        BatchEngine.LoadAsync(_runtime, Path.Combine(Repository.Models, $"{expert}.gguf"), Options, NullLoggerFactory.Instance);
}
