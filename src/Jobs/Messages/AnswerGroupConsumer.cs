using MassTransit;

namespace Orchestrator.Jobs.Messages;

/// <summary>The worker's end: has a group answered and says so, whatever came of it.</summary>
sealed class AnswerGroupConsumer(Func<AnswerGroup, CancellationToken, Task> answer) : IConsumer<AnswerGroup>
{
    public async Task Consume(ConsumeContext<AnswerGroup> context)
    {
        await context.Publish(await AnswerAsync(context.Message, context.CancellationToken));
    }

    /// <summary>The planner decides what a failure means for the job; redelivery would only repeat it.</summary>
    async Task<GroupAnswered> AnswerAsync(AnswerGroup group, CancellationToken cancellationToken)
    {
        try
        {
            await answer(group, cancellationToken);
            return Report(null, mayPass: true);
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException)
        {
            return Report(failure.Message, mayPass: true);
        }
        catch (Exception bug)
        {
            return Report($"{bug.GetType().Name}: {bug.Message}", mayPass: false);
        }

        GroupAnswered Report(string? problem, bool mayPass) => new(group.Id, group.Job, problem, mayPass);
    }
}
