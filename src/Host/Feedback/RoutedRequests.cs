using Orchestrator.Experts.Configuration;
using Orchestrator.Host.OpenAi;
using Orchestrator.Host.Pipeline;

namespace Orchestrator.Host.Feedback;

/// <summary>
/// The newest answered requests, by the id of the completion and by the <c>x-request-id</c>; where callers choose the same one,
/// it means the newest. Bounded by count, age and characters; lost with the process.
/// </summary>
sealed class RoutedRequests(OrchestratorConfig config, TimeProvider time)
{
    /// <summary>Characters of all remembered questions together (two bytes each): long prompts must not fill the memory.</summary>
    const long MostCharacters = 32 << 20;

    readonly Lock _turn = new();
    readonly Queue<(RoutedRequest Request, string Header)> _order = [];
    readonly Dictionary<string, RoutedRequest> _byId = new(StringComparer.Ordinal);
    long _characters;

    public bool Remembers => config.Feedback.Remember > 0;

    /// <summary>To be called before the client knows that its answer is complete.</summary>
    /// <param name="id">Of the completion.</param>
    /// <param name="header">The <c>x-request-id</c>.</param>
    public void Add(string id, string header, ChatRequest request, RoutedAnswer answer, Conclusion end)
    {
        IEnumerable<string> others = end.Panel.Where(member => member.Failure is null).Select(member => member.Expert);
        var plan = answer.Plan;
        // The writer of a synthesis answered nothing itself.
        string[] answered =
        [
            .. (end.Merging is null ? others.Prepend(answer.Expert) : others).Distinct(StringComparer.Ordinal),
        ];
        var speaker = answered.Contains(answer.Expert, StringComparer.Ordinal) ? answer.Expert : null;
        Add(new RoutedRequest(id, request.Question, plan.Policy, answered, speaker, time.GetUtcNow()), header);
    }

    /// <returns>Null when it is unknown or forgotten.</returns>
    public RoutedRequest? Find(string id)
    {
        lock (_turn)
        {
            Forget();
            return _byId.GetValueOrDefault(id);
        }
    }

    internal void Add(RoutedRequest request, string header)
    {
        if (!Remembers) return;
        lock (_turn)
        {
            _order.Enqueue((request, header));
            _byId[request.Id] = request;
            _byId[header] = request;
            _characters += request.Question.Length;
            Forget();
        }
    }

    void Forget()
    {
        var oldest = time.GetUtcNow() - config.Feedback.RememberFor;
        while (_order.TryPeek(out var first)
            && (_order.Count > config.Feedback.Remember || _characters > MostCharacters || first.Request.At < oldest))
        {
            _order.Dequeue();
            _characters -= first.Request.Question.Length;
            foreach (var id in (ReadOnlySpan<string>)[first.Request.Id, first.Header])
                if (_byId.GetValueOrDefault(id) == first.Request) _byId.Remove(id);
        }
    }
}
