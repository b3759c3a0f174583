using MassTransit;

namespace Orchestrator.Jobs.Messages;

/// <summary>The worker's end: has a group answered and says so, whatever came of it.</summary>
sealed class AnswerGroupConsumer(Func<AnswerGroup, CancellationToken, Task> answer) : IConsumer<AnswerGroup>
{
    public async Task Consume(ConsumeContext<AnswerGroup> context)
    {
        string? problem = null;
        try
        {
            await answer(context.Message, context.CancellationToken);
        }
        catch (OperationCanceledException)
        {
            problem = "It was cancelled.";
        }
        catch (Exception failure)
        {
            // The planner decides what a failure means for the job; redelivery would only repeat it.
            problem = failure.Message;
        }
        await context.Publish(new GroupAnswered(context.Message.Id, context.Message.Job, problem));
    }
}
