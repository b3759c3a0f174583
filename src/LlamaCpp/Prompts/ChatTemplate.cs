using System.Runtime.InteropServices;
using System.Text;
using Orchestrator.LlamaCpp.Generation;
using Orchestrator.LlamaCpp.Native;

namespace Orchestrator.LlamaCpp.Prompts;

/// <summary>
/// A chat template that llama.cpp has built in, recognised by its text. It is applied to stand-ins for the contents, so
/// that what users write is never mixed with the template's control tokens.
/// </summary>
sealed unsafe class ChatTemplate
{
    // Not white space (templates trim), not a letter, and never in a template: index between two of them.
    const char Mark = '\u0001';

    // C's isspace.
    const string TrimmedByTemplates = " \t\n\v\f\r";

    readonly byte[] _template;

    ChatTemplate(byte[] template)
    {
        _template = template;
        Trims = !Render([("user", $" {Mark} ")])!.Contains($" {Mark} ", StringComparison.Ordinal);
    }

    /// <summary>Whether the white space around a content is dropped.</summary>
    public bool Trims { get; }

    public static IReadOnlyList<string> BuiltinNames
    {
        get
        {
            var names = new nint[LlamaApi.BuiltinChatTemplates(null, 0)];
            fixed (nint* start = names)
                _ = LlamaApi.BuiltinChatTemplates((byte**)start, (nuint)names.Length);
            return [.. names.Select(name => Marshal.PtrToStringUTF8(name)!).Order(StringComparer.Ordinal)];
        }
    }

    /// <param name="path">For the message.</param>
    /// <param name="name">A built-in name, or null for the file's own template.</param>
    /// <exception cref="ModelLoadException">There is no template, or llama.cpp does not know it.</exception>
    public static ChatTemplate Create(string path, string? own, string? name)
    {
        var allowed = $"set {nameof(BatchEngineOptions.ChatTemplate)} (chat_template in the configuration) " +
            $"to one of {string.Join(", ", BuiltinNames)}";
        if (name is not null && !BuiltinNames.Contains(name, StringComparer.Ordinal))
            throw new ModelLoadException(path, $"'{name}' is no chat template of llama.cpp for '{path}': {allowed}.");
        if ((name ?? own) is not { } template)
            throw new ModelLoadException(path, $"'{path}' has no chat template: {allowed}.");
        var bytes = Encoding.UTF8.GetBytes(template + '\0');
        return Render(bytes, [("user", "x")]) is not null
            ? new ChatTemplate(bytes)
            : throw new ModelLoadException(path, $"llama.cpp does not know the chat template of '{path}': {allowed}.");
    }

    /// <summary>The prompt in order: template texts and contents, ready for the model's next turn.</summary>
    /// <exception cref="GenerationException">The template has no place for one of the messages.</exception>
    public IReadOnlyList<PromptPart> Apply(IReadOnlyList<ChatTurn> messages)
    {
        var rendered = Render([.. messages.Select((message, index) => (message.Role, $"{Mark}{index}{Mark}"))])
            ?? throw new GenerationException(GenerationFailure.InvalidRequest, "The chat template refuses these messages.");
        var parts = new List<PromptPart>();
        var placed = new bool[messages.Count];
        var pieces = rendered.Split(Mark);
        for (var i = 0; i < pieces.Length; i++)
        {
            // Marks come in pairs, so every second piece is an index.
            if (i % 2 == 0)
            {
                parts.Add(new PromptPart(pieces[i], IsTemplate: true));
                continue;
            }
            var index = int.Parse(pieces[i]);
            placed[index] = true;
            var content = messages[index].Content;
            parts.Add(new PromptPart(Trims ? content.AsSpan().Trim(TrimmedByTemplates).ToString() : content, IsTemplate: false));
        }
        if (Array.IndexOf(placed, false) is >= 0 and var missing)
        {
            throw new GenerationException(GenerationFailure.InvalidRequest,
                $"The model's chat template has no place for message {missing} (role {messages[missing].Role}).");
        }
        return parts;
    }

    string? Render(IReadOnlyList<(string Role, string Content)> messages) => Render(_template, messages);

    static string? Render(byte[] template, IReadOnlyList<(string Role, string Content)> messages)
    {
        var natives = new ChatMessage[messages.Count];
        var texts = new List<nint>(messages.Count * 2);
        try
        {
            for (var i = 0; i < natives.Length; i++)
            {
                natives[i].Role = Native(messages[i].Role);
                natives[i].Content = Native(messages[i].Content);
            }
            fixed (byte* templateStart = template)
            fixed (ChatMessage* start = natives)
            {
                var length = LlamaApi.ApplyChatTemplate(templateStart, start, (nuint)natives.Length, addAssistant: 1, null, 0);
                if (length < 0)
                    return null;
                var buffer = new byte[length + 1];
                fixed (byte* bufferStart = buffer)
                    _ = LlamaApi.ApplyChatTemplate(templateStart, start, (nuint)natives.Length, addAssistant: 1, bufferStart, buffer.Length);
                return Encoding.UTF8.GetString(buffer, 0, length);
            }
        }
        finally
        {
            texts.ForEach(Marshal.FreeCoTaskMem);
        }

        byte* Native(string text)
        {
            var pointer = Marshal.StringToCoTaskMemUTF8(text);
            texts.Add(pointer);
            return (byte*)pointer;
        }
    }
}

/// <summary>A stretch of a prompt: the template's own text, in which control tokens count, or a message's content.</summary>
readonly record struct PromptPart(string Text, bool IsTemplate);
