using Orchestrator.Experts;

namespace Orchestrator.Jobs.Grading;

/// <summary>A text of somebody else's in a message: enough to recognise it, not enough to flood a reply or a log.</summary>
static class Quoted
{
    const int Longest = 100;

    public static string Of(string text) => Excerpt.Of(text, Longest);
}
