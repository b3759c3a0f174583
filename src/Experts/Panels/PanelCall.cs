using System.Text;
using System.Threading.Channels;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Experts.Panels;

/// <summary>One member of a panel that is being asked. Its whole answer is kept; who wants may read it while it comes.</summary>
public sealed class PanelCall
{
    /// <summary>Unbounded: nobody need read it, and the answer is kept in any case.</summary>
    readonly Channel<GenerationChunk> _chunks = Channel.CreateUnbounded<GenerationChunk>();

    PanelCall(string id, Func<string, IExpert> find, ExpertCall call, CancellationToken cancellationToken)
    {
        Expert = id;
        Trace = call.Trace;
        Answer = RunAsync(find, call, cancellationToken);
    }

    public string Expert { get; }

    public CallTrace Trace { get; }

    /// <summary>Ends with the member's answer, or with its failure as one.</summary>
    public Task<PanelAnswer> Answer { get; }

    /// <summary>Queues the question at once.</summary>
    /// <param name="find">Gives the expert of an id. Throws for one that was removed since the panel was recruited.</param>
    public static PanelCall Ask(string id, Func<string, IExpert> find, ExpertCall call, CancellationToken cancellationToken) =>
        new(id, find, call with { Trace = new CallTrace() }, cancellationToken);

    /// <summary>The answer as it comes, from its first chunk on; may be read once.</summary>
    /// <exception cref="ExpertException">The member failed.</exception>
    public IAsyncEnumerable<GenerationChunk> ReadAsync(CancellationToken cancellationToken) =>
        _chunks.Reader.ReadAllAsync(cancellationToken);

    async Task<PanelAnswer> RunAsync(Func<string, IExpert> find, ExpertCall call, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var last = default(GenerationChunk);
        try
        {
            await foreach (var chunk in find(Expert).GenerateAsync(call, cancellationToken))
            {
                text.Append(chunk.Text);
                last = chunk;
                _chunks.Writer.TryWrite(chunk);
            }

            _chunks.Writer.Complete();
            return new PanelAnswer(Expert, text.ToString(), last.Usage, last.Finish, null)
            {
                Variant = call.Trace.Variant,
                Scores = last.Scores,
            };
        }
        catch (ExpertException failure)
        {
            _chunks.Writer.Complete(failure);
            return new PanelAnswer(Expert, text.ToString(), null, null, failure);
        }
        catch (Exception ended)
        {
            _chunks.Writer.Complete(ended);
            throw;
        }
    }
}
