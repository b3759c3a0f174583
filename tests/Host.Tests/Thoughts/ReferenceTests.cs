using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Aggregator.MixtureOfThoughts.Attention;
using Orchestrator.Aggregator.MixtureOfThoughts.Files;
using Orchestrator.Aggregator.MixtureOfThoughts.Layers;
using Orchestrator.Aggregator.MixtureOfThoughts.Routing;
using Orchestrator.LlamaCpp;
using Orchestrator.LlamaCpp.Generation;
using Orchestrator.LlamaCpp.Latents;
using Orchestrator.LlamaCpp.Quantization;
using Orchestrator.TestKit;

namespace Orchestrator.Host.Tests.Thoughts;

/// <summary>
/// The service beside the forward pass that the layers were trained with (models/golden/mixture.json, torch in fp32). The experts
/// are unpacked to F32 for it, and so is the cache: otherwise llama.cpp rounds what it multiplies with, and torch does not.
/// </summary>
public sealed class ReferenceTests : IAsyncLifetime
{
    /// <summary>Of the difference of two logits, each within 1e-3 of torch's.</summary>
    const float Tolerance = 2e-3f;

    static readonly Reference Golden = JsonSerializer.Deserialize<Reference>(
        File.ReadAllText(Path.Combine(Repository.Models, "golden/mixture.json")), JsonSerializerOptions.Web)!;

    readonly TemporaryFolder _folder = new();
    readonly LlamaRuntime _runtime = LlamaRuntime.Start(new LlamaRuntimeOptions { MaxThreads = 1 }, NullLoggerFactory.Instance);
    readonly MixtureLayers _layers = MixtureFile.Read(Path.Combine(Repository.Models, "mixtures/zoo.gguf"));
    readonly Dictionary<string, BatchEngine> _engines = [];

    public async Task InitializeAsync()
    {
        foreach (string expert in Golden.Prompts.SelectMany(prompt => prompt.Peers.Append(prompt.Primary)).Distinct())
        {
            string unpacked = _folder.File($"{expert}.gguf");
            await ModelQuantizer.QuantizeAsync(
                _runtime, Path.Combine(Repository.Models, $"{expert}.gguf"), unpacked, QuantizationType.Parse("F32"),
                new QuantizationOptions { AllowRequantize = true, Threads = 1 });
            _engines[expert] = await BatchEngine.LoadAsync(
                _runtime, unpacked, new BatchEngineOptions { MaxSequences = 4, LatentTap = true, FullPrecisionCache = true, DefaultSampling = SamplingOptions.Greedy },
                NullLoggerFactory.Instance);
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var engine in _engines.Values)
            await engine.DisposeAsync();
        _runtime.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Logits_HundredPrompts_AreThoseOfTraining()
    {
        Assert.Equal(100, Golden.Prompts.Count);
        float worst = 0;
        foreach (var prompt in Golden.Prompts)
        {
            var memories = new List<(PeerMemory, double)>();
            foreach (var (peer, weight, draft) in prompt.Peers.Zip(prompt.Weights, prompt.Drafts))
            {
                StateRecorder states = PeerMemory.Recorder(_layers, peer);
                Assert.Equal(draft, (await AskAsync(peer, prompt.Question, _layers.Draft, states)).Text);
                memories.Add((PeerMemory.Of(states), weight));
            }

            var answer = await AskAsync(
                prompt.Primary, prompt.Question, prompt.Tokens.Count, new MixtureTap(_layers, prompt.Primary, new LatentMemory(memories)));

            float[] margins = [.. prompt.Logits.Take(answer.Margins.Count).Select(logits => logits.Values[0] - logits.Values[1])];
            Assert.Equal(prompt.Tokens.Count, margins.Length);
            worst = Math.Max(worst, margins.Zip(answer.Margins, (expected, margin) => Math.Abs(expected - margin)).Max());
        }

        Assert.InRange(worst, 0, Tolerance);
    }

    [Fact]
    public void Choose_HundredPrompts_IsTheChoiceOfTraining()
    {
        var router = new MixtureRouter(_layers);
        var all = _layers.Experts.Select(expert => expert.Id).ToHashSet();

        Assert.All(Golden.Prompts, prompt =>
        {
            MixtureChoice choice = router.Choose(prompt.Question, all);
            Assert.Equal(prompt.Route[0].GetString() ?? "none", choice.Primary ?? "none");
        });
    }

    async Task<(string Text, IReadOnlyList<float> Margins)> AskAsync(string expert, string question, int tokens, ILatentTap tap)
    {
        string text = "";
        var request = new GenerationRequest
        {
            Messages = [new ChatTurn("user", question)],
            MaxTokens = tokens,
            ScoreAnswer = true,
            Tap = tap,
        };
        await foreach (var chunk in _engines[expert].GenerateAsync(request))
        {
            text += chunk.Text;
            if (chunk.Scores is { } scores)
                return (text, [.. scores.Answer.Select(score => score.Margin)]);
        }
        throw new InvalidOperationException("no scores");
    }

    sealed record Reference(IReadOnlyList<Prompt> Prompts);

    sealed record Prompt(
        string Question, string Primary, IReadOnlyList<string> Peers, IReadOnlyList<double> Weights, IReadOnlyList<string> Drafts,
        IReadOnlyList<JsonElement> Route, IReadOnlyList<int> Tokens, IReadOnlyList<Logits> Logits);

    sealed record Logits(IReadOnlyList<int> Ids, IReadOnlyList<float> Values);
}
