using System.Runtime.CompilerServices;
using Orchestrator.Experts.Embedding;
using Orchestrator.Experts.Loading;
using Orchestrator.LlamaCpp;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.TestKit.Experts;

/// <summary>What a fake model does with a request; <paramref name="closed"/> is cancelled when the model is unloaded.</summary>
public delegate IAsyncEnumerable<GenerationChunk> FakeGeneration(
    string expert, GenerationRequest request, CancellationToken closed, CancellationToken cancellationToken);

public static class FakeGenerations
{
    /// <summary>Answers with the expert's id.</summary>
    public static async IAsyncEnumerable<GenerationChunk> SayId(
        string expert, GenerationRequest request, CancellationToken closed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        yield return new GenerationChunk(expert);
        yield return new GenerationChunk("", FinishReason.Stop, new TokenUsage(1, 1));
    }

    /// <summary>Answers with what is written for the expert, at the price of one token read and one written.</summary>
    public static FakeGeneration Say(IReadOnlyDictionary<string, string> words) =>
        (expert, request, closed, cancellationToken) => SayId(words[expert], request, closed, cancellationToken);

    /// <summary>Says one word, then nothing more until the client leaves or the model is unloaded.</summary>
    public static async IAsyncEnumerable<GenerationChunk> Hang(
        string expert, GenerationRequest request, CancellationToken closed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new GenerationChunk(expert);
        var end = new TaskCompletionSource();
        await using var gone = cancellationToken.UnsafeRegister(_ => end.TrySetCanceled(cancellationToken), null);
        await using var shut = closed.UnsafeRegister(
            _ => end.TrySetException(new GenerationException(GenerationFailure.Closed, "the engine is closed")), null);
        await end.Task;
    }

    /// <summary>The first request to this expert hangs, so that it holds its sequence; all others are answered by <see cref="SayId"/>.</summary>
    public static FakeGeneration FirstHangs(string held)
    {
        var asked = 0;
        return (expert, request, closed, cancellationToken) => expert == held && Interlocked.Increment(ref asked) == 1
            ? Hang(expert, request, closed, cancellationToken)
            : SayId(expert, request, closed, cancellationToken);
    }

    /// <summary>Fails with the given kind.</summary>
    public static FakeGeneration Fail(GenerationFailure failure) => (_, _, _, _) => Throw(new GenerationException(failure, $"fake {failure}"));

    static async IAsyncEnumerable<GenerationChunk> Throw(Exception exception)
    {
        await Task.FromException(exception);
        yield break;
    }
}

sealed class FakeResidentModel : IResidentModel
{
    readonly FakeModelLoader _loader;
    readonly string _expert;
    readonly CancellationTokenSource _closed = new();
    bool _disposed;

    public FakeResidentModel(FakeModelLoader loader, string expert, long bytes)
    {
        _loader = loader;
        _expert = expert;
        ResidentBytes = bytes;
        loader.Hold(expert, bytes);
    }

    public long ResidentBytes { get; }

    public long WeightBytes => 0;

    public ModelActivity Activity => _loader.Activity(_expert);

    public IAsyncEnumerable<GenerationChunk> GenerateAsync(GenerationRequest request, CancellationToken cancellationToken) =>
        _loader.Generation(_expert, request, _closed.Token, cancellationToken);

    /// <summary>A word is a token, and 20 of them are the most.</summary>
    public Task<EmbeddedTexts> EmbedAsync(EmbeddingCall request, CancellationToken cancellationToken)
    {
        _loader.Embedded(_expert, request);
        int[] tokens = [.. request.Texts.Select(text => text.Split(' ').Length)];
        if (!request.CutLongTexts && Array.FindIndex(tokens, count => count > FakeEmbeddings.MostTokens) is >= 0 and var index)
        {
            throw new GenerationException(
                GenerationFailure.PromptTooLong, $"This model embeds at most {FakeEmbeddings.MostTokens} tokens. However, text {index} has {tokens[index]}.");
        }

        return Task.FromResult(new EmbeddedTexts([.. request.Texts.Select(text => _loader.Embedding(_expert, text))], tokens.Sum()));
    }

    public void Abandon(string reason)
    {
        _loader.Abandoned(_expert, reason);
        _closed.Cancel();
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            throw new InvalidOperationException($"{_expert} is unloaded twice");
        _disposed = true;
        await _closed.CancelAsync();
        await _loader.Unloading(_expert);
        _loader.Hold(_expert, -ResidentBytes);
    }
}

sealed class BrokenResidentModel : IResidentModel
{
    int _asked;

    public long ResidentBytes => _asked++ == 0 ? 1 : throw new InvalidOperationException("asked twice");

    public IAsyncEnumerable<GenerationChunk> GenerateAsync(GenerationRequest request, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("never granted");

    public long WeightBytes => 0;

    public ModelActivity Activity => default;

    public void Abandon(string reason)
    {
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
