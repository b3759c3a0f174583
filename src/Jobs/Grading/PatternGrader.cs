using System.Text.RegularExpressions;

namespace Orchestrator.Jobs.Grading;

/// <summary>The grader <c>regex</c>: the reference is a .NET pattern that must match somewhere in the answer.</summary>
static class PatternGrader
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <param name="timeout">How long a pattern that backtracks may take; null is one second.</param>
    public static Grade Decide(string answer, string reference, TimeSpan? timeout = null)
    {
        try
        {
            return Grade.Of(Create(reference, timeout ?? Patience).IsMatch(answer));
        }
        catch (RegexMatchTimeoutException)
        {
            return Grade.Undecided($"the pattern '{reference}' did not finish within {(timeout ?? Patience).TotalSeconds:0.###} s");
        }
    }

    public static string? Problem(string reference)
    {
        try
        {
            Create(reference, Patience);
            return null;
        }
        catch (ArgumentException problem)
        {
            return $"the reference is not a pattern that the grader 'regex' can use: {problem.Message}";
        }
    }

    /// <summary>In linear time where the pattern allows it: look-around and back references need the engine that backtracks.</summary>
    static Regex Create(string pattern, TimeSpan timeout)
    {
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking, timeout);
        }
        catch (NotSupportedException)
        {
            return new Regex(pattern, RegexOptions.None, timeout);
        }
    }
}
