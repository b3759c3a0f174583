using System.Text;
using Orchestrator.Experts.Configuration;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Aggregator.Synthesis;

/// <summary>Puts question and candidate answers to the expert that merges: to criticise and to synthesise.</summary>
static class SynthesisPrompt
{
    const string Instruction =
        "Several models answered the question below, each without seeing the others. Any of them may be wrong, also most of " +
        "them. Check every answer step by step, point out in few words where one goes wrong, and then write the one answer " +
        "that is right: take it from the models where they are right, correct it where none is.";

    const string Format =
        "Keep to the form of answer that the question asks for. If it asks for none, end with a line that starts with " +
        "\"Answer:\" and holds the final answer alone.";

    /// <summary>The conversation with its last user message replaced; earlier turns and the system message stay.</summary>
    /// <param name="candidates">At least one, in the order shown.</param>
    public static IReadOnlyList<ChatTurn> Messages(
        IReadOnlyList<ChatTurn> conversation, IReadOnlyList<string> candidates, ExpertPurpose purpose)
    {
        int last = LastOfUser(conversation);
        string question = Question(conversation);
        string prompt = purpose == ExpertPurpose.Aggregate ? Trained(question, candidates) : Instructed(question, candidates);
        var asked = new ChatTurn("user", prompt);
        return last < 0 ? [.. conversation, asked] : [.. conversation.Take(last), asked, .. conversation.Skip(last + 1)];
    }

    /// <returns>The last message of the user; empty where there is none.</returns>
    public static string Question(IReadOnlyList<ChatTurn> conversation) =>
        LastOfUser(conversation) is >= 0 and var last ? conversation[last].Content : "";

    /// <summary>The form that experts made for merging are trained on: a line for the question, one for each candidate.</summary>
    static string Trained(string question, IReadOnlyList<string> candidates) =>
        string.Join('\n', [OneLine(question), .. candidates.Select((candidate, i) => $"{i + 1}: {OneLine(candidate)}")]);

    static string OneLine(string text) => text.ReplaceLineEndings(" ");

    static string Instructed(string question, IReadOnlyList<string> candidates)
    {
        var text = new StringBuilder(Instruction).Append("\n\n");
        for (int i = 0; i < candidates.Count; i++)
            text.Append($"Model {i + 1}:\n{candidates[i]}\n\n");
        return text.Append($"Question:\n{question}\n\n{Format}").ToString();
    }

    static int LastOfUser(IReadOnlyList<ChatTurn> conversation)
    {
        for (int i = conversation.Count - 1; i >= 0; i--)
        {
            if (conversation[i].Role == "user")
                return i;
        }
        return -1;
    }
}
