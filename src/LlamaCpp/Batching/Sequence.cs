using System.Threading.Channels;
using Orchestrator.LlamaCpp.Answers;
using Orchestrator.LlamaCpp.Generation;
using Orchestrator.LlamaCpp.Latents;
using Orchestrator.LlamaCpp.Sampling;

namespace Orchestrator.LlamaCpp.Batching;

/// <summary>One request inside a batch loop, which alone changes it after it was submitted; only its reader can be told of the end by others.</summary>
sealed class Sequence(
    int[] prompt, int maxNew, TokenSampler sampler, AnswerText text, ChannelWriter<GenerationChunk> output, CancellationToken cancellation)
{
    volatile bool _finished;

    /// <summary>Its id in the KV cache; -1 while it waits.</summary>
    public int Slot { get; set; } = -1;

    /// <summary>Its place in the queue; null once admitted.</summary>
    public LinkedListNode<Sequence>? Place { get; set; }

    /// <summary>Tokens in the KV cache.</summary>
    public int Position { get; set; }

    /// <summary>Tokens it has in the step that is being built.</summary>
    public int Granted { get; set; }

    /// <summary>Batch index whose logits are its next token's; -1 when this step gives none.</summary>
    public int OutputIndex { get; set; } = -1;

    /// <summary>Batch index of the first of its tokens of this step.</summary>
    public int FirstIndex { get; set; }

    /// <summary>Sampled but not decoded yet; meaningful once the prompt is read.</summary>
    public int NextToken { get; set; }

    /// <summary>Tokens of the answer so far.</summary>
    public int Written { get; set; }

    public int[] Prompt => prompt;

    /// <summary>Where its scores go; null when nobody asked for any.</summary>
    public SequenceScores? Scores { get; init; }

    /// <summary>What looks at its rows of the residual stream; null without.</summary>
    public SequenceTap? Tap { get; init; }

    public bool ScoresPrompt => Scores is { OfPrompt: true } && Unread > 0;

    /// <summary>Whether each token that it has in this step needs a row of logits, and not only the last of its prompt.</summary>
    public bool OutputsPrompt => ScoresPrompt || (Tap is { NeedsOutputs: true } && Unread > 0);

    public int MaxNew => maxNew;

    /// <summary>Its request's token, to tell whose cancellation ended it.</summary>
    public CancellationToken Cancellation => cancellation;

    public TokenSampler Sampler => sampler;

    public AnswerText Text => text;

    /// <summary>Prompt tokens that are not in the cache yet; 0 while it writes.</summary>
    public int Unread => Math.Max(0, prompt.Length - Position);

    /// <summary>Also read by the request's own thread, to save a needless cancel.</summary>
    public bool Finished => _finished;

    /// <summary>Never blocks: a slow reader holds at most one answer in memory.</summary>
    public void Emit(string piece)
    {
        if (piece.Length > 0)
            output.TryWrite(new GenerationChunk(piece));
    }

    public void Complete(string piece, FinishReason reason)
    {
        output.TryWrite(new GenerationChunk(piece, reason, new TokenUsage(prompt.Length, Written)) { Scores = Scores?.ToResult() });
        End(null);
    }

    public void Fail(Exception exception) => End(exception);

    /// <summary>
    /// Ends the answer for its reader, from any thread. The loop may be inside this sequence: it finds its later writes
    /// refused, and frees the rest itself when it ends.
    /// </summary>
    public void Abandon(Exception exception) => output.TryComplete(exception);

    void End(Exception? exception)
    {
        _finished = true;
        output.TryComplete(exception);
        sampler.Dispose();
    }
}
