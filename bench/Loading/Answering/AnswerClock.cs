namespace Orchestrator.Bench.Loading.Answering;

/// <summary>Times one answer while it streams.</summary>
sealed class AnswerClock(TimeProvider time)
{
    readonly long _start = time.GetTimestamp();
    TimeSpan? _first;
    int _promptTokens;
    int _tokens;

    public void Hear(string? text)
    {
        if (!string.IsNullOrEmpty(text))
            _first ??= time.GetElapsedTime(_start);
    }

    public void Count(int promptTokens, int tokens)
    {
        _promptTokens = promptTokens;
        _tokens = tokens;
    }

    /// <exception cref="InvalidDataException">No text came.</exception>
    public Answer Stop() => _first is { } first
        ? new Answer(first, time.GetElapsedTime(_start), _promptTokens, _tokens)
        : throw new InvalidDataException("The answer ended without any text.");
}
