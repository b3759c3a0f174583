using System.Text.RegularExpressions;

namespace Orchestrator.Jobs.Grading;

/// <summary>The grader <c>regex</c>: the reference is a .NET pattern that must match somewhere in the answer.</summary>
static class PatternGrader
{
    /// <summary>
    /// Characters of a pattern. Making one takes time and stack by its length, which nothing can interrupt; a nest of some ten thousand
    /// brackets would end the process.
    /// </summary>
    public const int Longest = 1000;

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
            return Grade.Undecided($"the pattern '{Quoted.Of(reference)}' did not finish within {(timeout ?? Patience).TotalSeconds:0.###} s");
        }
    }

    public static string? Problem(string reference)
    {
        if (reference.Length > Longest)
            return $"the reference has {reference.Length:N0} characters, and a pattern of the grader 'regex' at most {Longest:N0}";
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
