using System.Text;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Retrieval.Answers;

/// <summary>How passages stand before a question. Small readers are trained on these very words (training/reading.py).</summary>
public static class ContextPrompt
{
    /// <summary>Of one passage; what is longer is cut at a word.</summary>
    public const int MostCharacters = 2000;

    /// <summary>The conversation with the passages before its last user message, or its last message where no user speaks.</summary>
    public static IReadOnlyList<ChatTurn> Of(IReadOnlyList<ChatTurn> messages, IReadOnlyList<Passage> passages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        ArgumentNullException.ThrowIfNull(passages);
        if (passages.Count == 0)
            return messages;
        ChatTurn asked = messages.LastOrDefault(turn => turn.Role == "user") ?? messages[^1];
        return [.. messages.Select(turn => ReferenceEquals(turn, asked) ? turn with { Content = Text(turn.Content, passages) } : turn)];
    }

    static string Text(string question, IReadOnlyList<Passage> passages)
    {
        var text = new StringBuilder("Use these passages if they help.\n");
        for (int i = 0; i < passages.Count; i++)
            text.Append(i + 1).Append(". ").Append(Line(passages[i].Text)).Append('\n');
        return text.Append("\nQuestion: ").Append(question).ToString();
    }

    /// <summary>One line each, so that a passage cannot pose as the next one or as the question.</summary>
    static string Line(string passage)
    {
        string line = string.Join(' ', passage.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= MostCharacters)
            return line;
        int end = line.LastIndexOf(' ', MostCharacters, MostCharacters / 2);
        if (end < 0)
            end = char.IsHighSurrogate(line[MostCharacters - 1]) ? MostCharacters - 1 : MostCharacters;
        return line[..end] + " …";
    }
}
