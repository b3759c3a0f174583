using Microsoft.Extensions.AI;
using Orchestrator.Client;

namespace Orchestrator.Samples.Agent;

/// <summary>A console agent: a planner that calls tools, with Orchestrator's functions as its tools.</summary>
public static class ConsoleAgent
{
    /// <param name="planner">Any model that calls tools.</param>
    /// <param name="questions">One a line, to the first empty one.</param>
    public static async Task RunAsync(
        IChatClient planner, OrchestratorPlugin experts, TextReader questions, TextWriter answers, CancellationToken cancellationToken = default)
    {
        var agent = planner.AsBuilder().UseFunctionInvocation().Build();
        var options = new ChatOptions
        {
            Instructions = "Ask the experts whatever they can answer, and say in a sentence what they said.",
            Tools = [.. experts.Functions],
        };
        List<ChatMessage> talk = [];
        while (await questions.ReadLineAsync(cancellationToken) is { Length: > 0 } question)
        {
            talk.Add(new ChatMessage(ChatRole.User, question));
            List<ChatResponseUpdate> updates = [];
            await foreach (var update in agent.GetStreamingResponseAsync(talk, options, cancellationToken))
            {
                updates.Add(update);
                foreach (var call in update.Contents.OfType<FunctionCallContent>()) await answers.WriteLineAsync($"({call.Name})");
                await answers.WriteAsync(update.Text);
            }

            await answers.WriteLineAsync();
            talk.AddMessages(updates);
        }
    }
}
